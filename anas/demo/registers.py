"""What users of the demo office's services are said to have complained of and commended. Data, Indonesian by itself."""

from datetime import date, timedelta

from anas.conduct import services
from anas.demo import office
from anas.demo.making import called

LAPOR, COUNTER, SURVEY = "SP4N-LAPOR", "Loket pelayanan", "Survei Kepuasan Masyarakat"
UPHELD, DISMISSED = True, False

# Days ago, whom, source and number there, what was said; of complaints what the committee decided and why, if it has.
COMMENDED = [
    (5, "Anis Zulaikha", SURVEY, "", "Petugas menjelaskan persyaratan NIB dengan sabar sampai saya paham."),
    (12, "Dwi Cahyono", LAPOR, "DEMO-1042", "Izin selesai lebih cepat dari jadwal, petugasnya ramah."),
    (19, "Ratih Kusuma Dewi", COUNTER, "", "Datang menjelang tutup dan tetap dilayani sampai tuntas."),
    (26, "Rizky Maulana", SURVEY, "", "Dibantu mengunggah berkas sampai berhasil."),
]
COMPLAINED = [
    (3, "Prasetyo Adi Nugroho", LAPOR, "DEMO-1057", "Berkas saya belum diperiksa setelah lima hari kerja.", None, ""),
    (
        9,
        "Totok Sudarmanto",
        LAPOR,
        "DEMO-1049",
        "Petugas loket meninggalkan meja lebih dari setengah jam saat antrean panjang.",
        UPHELD,
        "Rekaman antrean membenarkan; sudah ditegur lisan.",
    ),
    (
        16,
        "Maria Goretti Astuti",
        COUNTER,
        "",
        "Diminta melengkapi dokumen yang tidak ada di daftar persyaratan.",
        DISMISSED,
        "Dokumen itu tercantum dalam standar pelayanan nomor 4.",
    ),
]


def enter(today: date) -> None:
    """Into the register, by the committee."""
    by = called(office.COMMITTEE)
    for days, name, source, reference, text in COMMENDED:
        said = {"source": source, "reference": reference, "date": today - timedelta(days), "text": text}
        services.add_report(employee=called(name), kind="commendation", by=by, **said)
    for days, name, source, reference, text, upheld, reason in COMPLAINED:
        said = {"source": source, "reference": reference, "date": today - timedelta(days), "text": text}
        report = services.add_report(employee=called(name), kind="complaint", by=by, **said)
        if upheld is not None:
            services.decide(report, upheld=upheld, reason=reason, by=by)

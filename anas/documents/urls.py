"""Pages."""

from django.urls import include, path

from anas.documents import (
    activation_views,
    batch_views,
    card_views,
    letterhead_views,
    life_views,
    public_views,
    result_views,
    views,
)
from anas.documents.signing import views as signing_views

app_name = "documents"

document_patterns = [
    path("", views.document_list, name="list"),
    path("keputusan/", views.prepare, name="prepare"),
    path("keputusan/konsep/", views.draft, name="draft"),
    path("keputusan/terbitkan/", views.issue, name="issue"),
    path("piagam/terbitkan/", views.certificates, name="certificates"),
    path("piagam/proses/", batch_views.progress, name="batch"),
    path("piagam/proses/hentikan/", batch_views.cancel, name="cancel_batch"),
    path("berita-acara/penilaian/", views.minutes, {"kind": "assessment"}, name="assessment_minutes"),
    path("berita-acara/penutupan/", views.minutes, {"kind": "closing"}, name="closing_minutes"),
    path("berita-acara/penghitungan/", views.minutes, {"kind": "count"}, name="count_minutes"),
    path("pengumuman/terbitkan/", result_views.announcement, name="announcement_paper"),
    path("poster/terbitkan/", result_views.poster, name="poster"),
    path("rekapitulasi/terbitkan/", result_views.recap, name="recap"),
    path("konsep/<slug:kind>/", result_views.draft, name="paper_draft"),
    path("kartu-suara/", card_views.voter_cards, name="voter_cards"),
    path("arsip/", life_views.archive, name="archive"),
    path("tanda-tangan/", signing_views.sign, name="sign_all"),
    path("<int:document>/", views.download, name="download"),
    path("<int:document>/tanda-tangan/", signing_views.sign, name="sign"),
    path("<int:document>/ganti/", life_views.supersede, name="supersede"),
    path("<int:document>/cabut/", life_views.revoke, name="revoke"),
]

urlpatterns = [
    path("periode/<int:pk>/dokumen/", include(document_patterns)),
    path("pegawai/aktivasi/", activation_views.activation_codes, name="activation"),
    path("verifikasi/", public_views.ask, name="ask"),
    path("verifikasi/<str:code>/", public_views.verify, name="verify"),
    path("pengumuman/<int:pk>/", public_views.announcement, name="announcement"),
    path("pengumuman/<int:pk>/layar/", public_views.lobby, name="lobby"),
    path("pengumuman/<int:pk>/foto/<int:nominee>/", public_views.winner_photo, name="winner_photo"),
    path("kop/<slug:code>/", letterhead_views.edit, name="letterhead"),
    path("kop/<slug:code>/contoh/", letterhead_views.sample, name="sample"),
    path("kop/<slug:code>/pratinjau/", letterhead_views.preview, name="preview"),
    path("kop/<slug:code>/versi/", letterhead_views.version_list, name="versions"),
    path("kop/<slug:code>/versi/<int:number>/", letterhead_views.version, name="version"),
    path("kop/<slug:code>/versi/<int:number>/contoh/", letterhead_views.version_sample, name="version_sample"),
    path("lambang/<slug:digest>/", letterhead_views.crest, name="crest"),
]

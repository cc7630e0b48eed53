from django.urls import path

from scoring.views import bundle, head, objections, results, sheets, ties

app_name = "scoring"
urlpatterns = [
    path("penilaian/<slug:code>/", sheets.stage, name="stage"),
    path("penilaian/<slug:code>/calon/<int:nominee>/", sheets.sheet, name="sheet"),
    path("penilaian/<slug:code>/indikator/<slug:criterion>/", sheets.column, name="column"),
    path("penilaian/<slug:code>/mundur/", sheets.recuse, name="recuse"),
    path("penilaian/<slug:code>/diskusi/", sheets.discussion, name="discussion"),
    path("kepala/", head.head, name="head"),
    path("hasil/", results.recap, name="results"),
    path("hasil/unduh/", results.download, name="download"),
    path("hasil/seri/<slug:stage>/<slug:classification>/", ties.tie, name="tie"),
    path("hasil/<int:nominee>/", results.explain, name="explain"),
    path("sanggahan/", objections.overview, name="objections"),
    path("sanggahan/ajukan/<slug:classification>/", objections.raise_objection, name="object"),
    path("sanggahan/<int:objection>/jawab/", objections.answer, name="answer_objection"),
    path("sanggahan/<int:objection>/tindak-lanjut/", objections.settle, name="settle_objection"),
    path("audit/bundel/", bundle.download, name="bundle"),
]

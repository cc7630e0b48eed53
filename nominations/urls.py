from django.urls import include, path

from nominations import act_views, file_views, views

app_name = "nominations"

candidate_patterns = [
    path("", views.assess, name="assess"),
    path("calonkan/", act_views.name, name="name"),
    path("lepas/", act_views.unname, name="unname"),
    path("buang/", act_views.discard, name="discard"),
]

proposal_patterns = [
    path("", views.proposal, name="proposal"),
    path("pegawai/", views.people, name="people"),
    path("calon/<int:employee>/", include(candidate_patterns)),
    path("lewati/<slug:code>/", act_views.skip, name="skip"),
    path("batal-lewati/<slug:code>/", act_views.unskip, name="unskip"),
    path("serahkan/", act_views.submit, name="submit"),
    path("tarik/", act_views.withdraw, name="withdraw"),
    path("kembalikan/", act_views.return_proposal, name="return"),
    path("tanpa/", act_views.waive, name="waive"),
]

urlpatterns = [
    path("usulan/", views.overview, name="overview"),
    path("usulan/finalis/", views.finalists, name="finalists"),
    path("usulan/bukti/<int:evidence>/", file_views.evidence, name="evidence"),
    path("usulan/foto/<int:nominee>/", file_views.photo, name="photo"),
    path("usulan/<int:unit>/", include(proposal_patterns)),
]

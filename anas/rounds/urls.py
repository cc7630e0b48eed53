from django.urls import include, path

from anas.rounds import act_views, clone_views, screen_views, trail_views, views
from anas.rounds.editor import views as scheme_views

app_name = "rounds"

round_patterns = [
    path("", views.detail, name="detail"),
    path("layar/", screen_views.screen, name="screen"),
    path("aturan/", views.scheme_rules, name="rules"),
    path("aturan/perbarui/", scheme_views.take_present, name="take_scheme"),
    path("jadwal/", views.schedule, name="schedule"),
    path("tim/", views.team, name="team"),
    path("tim/<int:member>/keluarkan/", act_views.remove_member, name="remove_member"),
    path("buka/", act_views.open_round, name="open"),
    path("tutup/", act_views.close, name="close"),
    path("lanjut/", act_views.advance, name="advance"),
    path("perpanjang/<slug:code>/", act_views.extend, name="extend"),
    path("buka-lagi/", act_views.reopen, name="reopen"),
    path("setuju/", act_views.approve, name="approve"),
    path("kembalikan/", act_views.send_back, name="send_back"),
    path("umumkan/", act_views.announce, name="announce"),
    path("batalkan/", act_views.cancel, name="cancel"),
    path("salin/", clone_views.clone, name="clone"),
    path("audit/", trail_views.audit_trail, name="audit"),
    path("audit/unduh/", trail_views.download, name="download_audit"),
]

urlpatterns = [
    path("", views.tasks, name="tasks"),
    path("periode/", views.round_list, name="list"),
    path("periode/baru/", views.create, name="create"),
    path("periode/<int:pk>/", include(round_patterns)),
]

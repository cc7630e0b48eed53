"""The pages of allauth that the project uses, under addresses and in templates of its own. allauth looks its pages up
by these names."""

from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from anas.people.again import decisive
from anas.sso import views

urlpatterns = [
    path("akun/faktor-kedua/", mfa.index, name="mfa_index"),
    path("akun/faktor-kedua/aktifkan/", never_cache(decisive(views.SetUp.as_view())), name="mfa_activate_totp"),
    path("akun/faktor-kedua/matikan/", decisive(views.TurnOff.as_view()), name="mfa_deactivate_totp"),
    path("akun/faktor-kedua/cadangan/", never_cache(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "akun/faktor-kedua/cadangan/baru/",
        decisive(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("masuk/kode/", login_not_required(never_cache(mfa.authenticate)), name="mfa_authenticate"),
    path("masuk/sso/<slug:provider_id>/", login_not_required(views.provider_login), name="openid_connect_login"),
    path("masuk/sso/<slug:provider_id>/kembali/", login_not_required(openid.callback), name="openid_connect_callback"),
    path(
        "masuk/lain/",
        login_not_required(RedirectView.as_view(pattern_name="people:login", query_string=True)),
        name="account_login",
    ),
]

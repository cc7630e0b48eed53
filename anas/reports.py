from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.views.debug import SafeExceptionReporterFilter


class Discreet(SafeExceptionReporterFilter):
    """Error reports, as they are mailed to ADMINS, without anything that somebody typed or that a browser keeps: it may
    be a ballot, a password, the passphrase of a signature, the words of a key, or the nonce that leads to an envelope.
    It holds for every page, since an error may come before a view can say that its input is sensitive."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return self._hidden(request, super().get_post_parameters(request))

    def get_cleansed_multivaluedict(self, request: HttpRequest, multivaluedict: MultiValueDict) -> dict[str, Any]:
        return self._hidden(request, multivaluedict)

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return self._hidden(request, super().get_safe_cookies(request))

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> list[tuple[str, Any]]:
        """The names of the variables; their values where nobody but the developer reads along."""
        found = super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name, _value in found] if self.is_active(request) else found

    def _hidden(self, request: HttpRequest | None, values: dict[str, Any]) -> dict[str, Any]:
        return dict.fromkeys(values, self.cleansed_substitute) if self.is_active(request) else values

from django.http import Http404, HttpRequest, HttpResponse


def verify(request: HttpRequest, code: str) -> HttpResponse:
    raise Http404


def download(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    raise Http404

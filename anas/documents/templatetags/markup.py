from django import template

from anas.documents.markup import to_html

register = template.Library()
register.filter("markup", to_html)

"""Texts of Django's own that visitors of our pages read, and that Django's Indonesian says clumsily: here `make
messages` finds them, and our catalogue says them better. Nothing imports this module."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

_("This field is required.")
_("This field cannot be blank.")
_("This field cannot be null.")
_("Enter a valid value.")
_("Enter a number.")
_("Enter a whole number.")
_("Enter a valid date.")
_("Enter a valid time.")
_("Enter a valid date/time.")
_("Enter a valid email address.")
_("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.")
_("Enter a list of values.")
_("Null characters are not allowed.")
_("Ensure this value is less than or equal to %(limit_value)s.")
_("Ensure this value is greater than or equal to %(limit_value)s.")
_("Select a valid choice. That choice is not one of the available choices.")
_("Select a valid choice. %(value)s is not one of the available choices.")
_("%(model_name)s with this %(field_label)s already exists.")
_("%(model_name)s with this %(field_labels)s already exists.")
_("No file was submitted.")
_("The submitted file is empty.")
_("Upload a valid image. The file you uploaded was either not an image or a corrupted image.")
_("Old password")
_("New password")
_("New password confirmation")
_("Your old password was entered incorrectly. Please enter it again.")
_("Enter the same password as before, for verification.")
_("The two password fields didn’t match.")
_("This account is inactive.")
_("The password is too similar to the %(verbose_name)s.")
_("Your password can’t be too similar to your other personal information.")
_("This password is too common.")
_("Your password can’t be a commonly used password.")
_("This password is entirely numeric.")
_("Your password can’t be entirely numeric.")


def of_letters(number: int) -> list[str]:
    return [
        ngettext(
            "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
            number,
        ),
        ngettext(
            "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
            number,
        ),
        ngettext(
            "Ensure this filename has at most %(max)d character (it has %(length)d).",
            "Ensure this filename has at most %(max)d characters (it has %(length)d).",
            number,
        ),
        ngettext(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
            number,
        ),
        ngettext(
            "Your password must contain at least %(min_length)d character.",
            "Your password must contain at least %(min_length)d characters.",
            number,
        ),
    ]


def of_digits(number: int) -> list[str]:
    return [
        ngettext(
            "Ensure that there are no more than %(max)s digit in total.",
            "Ensure that there are no more than %(max)s digits in total.",
            number,
        ),
        ngettext(
            "Ensure that there are no more than %(max)s decimal place.",
            "Ensure that there are no more than %(max)s decimal places.",
            number,
        ),
        ngettext(
            "Ensure that there are no more than %(max)s digit before the decimal point.",
            "Ensure that there are no more than %(max)s digits before the decimal point.",
            number,
        ),
    ]

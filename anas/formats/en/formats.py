"""Days and times in English, the day before the month as in Indonesian. TO_THE_SECOND is a name of our own."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "l, j F Y, H:i"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
TO_THE_SECOND = "j M Y, H:i:s"

"""Days and times as Indonesian spells them (EYD V: a dot in the time of day). TO_THE_SECOND is a name of our own."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = r"l, j F Y, \p\u\k\u\l H.i"
SHORT_DATETIME_FORMAT = "j M Y, H.i"
TO_THE_SECOND = "j M Y, H.i.s"

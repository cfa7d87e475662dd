"""Days as Indonesian news writes them: 'Senin (19/5/2025)', '18/Juli/2025', '16-17 April 2019'.

A day without a year takes the year that lies nearest to the article's own day, if that is
plausible. Without one it takes the one year of the text in which its weekday is right; else it
stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sinergi.graph.extraction.text import Document

# A release reports on days around its own; half a year is where "nearest year" turns ambiguous.
MAX_DISTANCE_DAYS = 183
# News plans further ahead than this in nobody's year: beyond it the year is a slip of the pen.
MAX_YEARS_AHEAD = 30
# Two-digit years are of this century: the genre began with the web.
CENTURY = 2000

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "januari jan january",
            "februari feb pebruari peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu ags agt aug agst august",
            "september sep sept",
            "oktober okt oct october",
            "november nov nop nopember",
            "desember des dec december",
        ],
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    "senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "jum'at": 4, "jum at": 4,
    "sabtu": 5, "minggu": 6, "ahad": 6,
}  # fmt: skip

_WEEKDAY = r"(?P<weekday>senin|selasa|rabu|kamis|jum'?\s?at|sabtu|minggu|ahad)"
_SLASHED = "|".join(rf"(?<={name}/)" for name in WEEKDAYS)  # 'Jumat/19/03'
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# A day is looked for where a digit stands, and then backwards for its weekday: trying every
# letter for a weekday that may or may not be followed by one takes four times as long.
_DIGIT = re.compile(r"\d")
_LEAD = re.compile(
    rf"(?:\b{_WEEKDAY}\b[\s,/]*(?:pagi|siang|sore|malam|petang|dini\s+hari|kemarin|lalu)?[\s,]*"
    r"(?:tanggal|tgl\.?)?\s*)?[(\[]?\s*(?:(?:hari|pada)\s+)?\Z",
    re.IGNORECASE,
)
MAX_LEAD = 80  # code points: 'Jum'at dini hari kemarin, tanggal (pada ' and some white space
_DATE = re.compile(
    rf"(?:(?:(?<![\d/.,-])|{_SLASHED})(?P<d1>\d{{1,2}}|\d{{4}}(?=/))(?:\s*(?:-|s/d|s\.d\.?|hingga|sampai|dan|&)\s*(?P<d2>\d{{1,2}}))?"
    rf"(?:\s*/\s*(?P<m1>\d{{1,2}}|{_MONTH})(?:\s*/\s*(?P<y1>\d{{4}}|\d{{2}}))?(?![\d/])"
    rf"|-(?P<m3>\d{{1,2}})-(?P<y3>\d{{4}})(?!\d)"
    rf"|\s+(?P<m2>{_MONTH})\b\.?(?:[\s,]+(?P<y2>\d{{4}})(?!\d))?)"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})(?!\d))",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(kemarin|hari ini)\b", re.IGNORECASE)
# 'di Kudus, Rabu', but not 'setiap Jumat', 'Senin-Kamis', 'Jumat Berkah', 'Minggu ini' (the week).
_BARE_WEEKDAY = re.compile(
    rf"(?<![-/\w]){_WEEKDAY}\b(?!\s?[-/]|\s(?:Berkah|Bersih|Sehat|Kliwon|Legi|Pahing|Pon|Wage))"
    r"(?:\s+(?P<when>pagi|siang|sore|malam|kemarin|lalu|ini|depan|mendatang|ke))?",
    re.IGNORECASE,
)
_EVERY = re.compile(r"(?:setiap|tiap|tiap-tiap|saban|per)\s+(?:hari\s+)?$", re.IGNORECASE)
# What a number before a slash may be instead of a day: a law, a house number, an account.
_NOT_A_DAY = re.compile(
    r"(?:nomor|no\.?|uu|permendagri|perda|perbup|pasal|skor|koramil|danramil|kodim|dandim|"
    r"subdenpom|yonif|rt|rw|rp\.?)\s*:?\s*$",
    re.IGNORECASE,
)
# A year of the text, but no law's ('UU No. 5 Tahun 2014') nor where a term ends ('2020-2025').
_YEAR = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]\d)")
_NOT_A_YEAR = re.compile(
    r"(?:(?:nomor|no\.?|uu|undang-undang|pp|perpres|perda|perbup|perwal)\s*\d+\s*tahun\s*|\d{4}\s*(?:-|s/d|hingga|sampai)\s*|(?<!/\d\d)(?<!/\d)/)$",
    re.IGNORECASE,
)
# 'tahun 2023 mendatang': a year ahead of the day's own.
_YEAR_AHEAD = re.compile(r"\s*(?:mendatang|nanti|(?:yang )?akan datang|depan)\b", re.IGNORECASE)
_AS_A_YEAR = re.compile(r"tahun\s*$", re.IGNORECASE)
MAX_YEAR_LEAD = 30  # code points: 'nomor 12 tahun '


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day in the text. `day` is None where no year can be had."""

    start: int
    end: int
    day: date | None
    last_day: date | None = None  # of a range
    conflict: bool = False  # the weekday says otherwise, or the year cannot be
    weekday: bool = False
    slashed: bool = False  # 'Rabu (12/3)': the reporter's own form for the day of the event
    relative: bool = False


def find_dates(doc: Document) -> list[DateMention]:
    """All days named in the text, in order."""
    published = _iso(doc.article.published)
    years = _years(doc.norm) if published is None else ()
    found: list[DateMention] = []
    end = 0
    for digit in _DIGIT.finditer(doc.norm):
        match = _DATE.match(doc.norm, digit.start()) if digit.start() >= end else None
        if match is None:
            continue
        lead = _LEAD.search(doc.norm, max(end, match.start() - MAX_LEAD), match.start())
        assert lead is not None  # all of it is optional
        end = match.end()
        mention = _read(lead, match, doc.norm, published, years)
        if mention is not None:
            found.append(mention)
    if published:
        taken = [range(m.start, m.end) for m in found]
        for match in _BARE_WEEKDAY.finditer(doc.norm):
            if any(match.start() in span for span in taken):
                continue
            day = _near_weekday(match, doc.norm, published)
            if day is not None:
                found.append(DateMention(match.start(), match.end("weekday"), day, relative=True))
        for match in _RELATIVE.finditer(doc.norm):
            shift = 1 if match.group(1).lower() == "kemarin" else 0
            found.append(
                DateMention(
                    match.start(), match.end(), published - timedelta(days=shift), relative=True
                )
            )
    return sorted(found, key=lambda m: m.start)


def _years(norm: str) -> tuple[int, ...]:
    """The years that a text names."""
    found = {
        int(match.group())
        for match in _YEAR.finditer(norm)
        if not _NOT_A_YEAR.search(norm[max(0, match.start() - MAX_YEAR_LEAD) : match.start()])
        and not (
            _YEAR_AHEAD.match(norm, match.end())
            and _AS_A_YEAR.search(norm[max(0, match.start() - MAX_YEAR_LEAD) : match.start()])
        )
    }
    return tuple(sorted(found))


def _near_weekday(match: re.Match[str], norm: str, published: date) -> date | None:
    """The day that a weekday alone means: the last one up to publication, else the next."""
    written, when = match["weekday"], (match["when"] or "").lower()
    if not written[0].isupper() or _EVERY.search(norm[max(0, match.start() - 20) : match.start()]):
        return None
    number = WEEKDAYS[re.sub(r"\s", "", written.lower())]
    if written.lower() == "minggu" and when in ("ini", "lalu", "depan", "mendatang", "ke"):
        return None
    since = (published.weekday() - number) % 7
    if when in ("depan", "mendatang"):
        return published + timedelta(days=7 - since)
    return published - timedelta(days=since or (7 if when in ("kemarin", "lalu") else 0))


def _read(
    lead: re.Match[str],
    match: re.Match[str],
    norm: str,
    published: date | None,
    years: tuple[int, ...],
) -> DateMention | None:
    groups = match.groupdict()
    weekday = lead["weekday"]
    wanted = WEEKDAYS.get(re.sub(r"\s", "", weekday.lower())) if weekday else None
    start, end = lead.start(), match.end()
    end += (
        end < len(norm)
        and norm[end] in ")]"
        and norm[start:end].count("(") + norm[start:end].count("[")
    )
    if groups["iso"]:
        day = _iso(groups["iso"])
        return DateMention(start, end, day, None, _conflict(day, wanted), bool(weekday))
    month_text = groups["m1"] or groups["m2"] or groups["m3"]
    year_text = groups["y1"] or groups["y2"] or groups["y3"]
    month = MONTHS.get(month_text.lower()) or (int(month_text) if month_text.isdigit() else 0)
    bracketed = norm[match.start("d1") - 1 : match.start("d1")] in ("(", "[")
    if groups["m1"] and not year_text and not (weekday or bracketed):
        return None  # '24/7', '3/4'
    if not weekday and _NOT_A_DAY.search(norm[max(0, match.start("d1") - 20) : match.start("d1")]):
        return None
    days = [groups["d1"]]
    if len(groups["d1"]) == 4:  # '1516/08/2025': two days ran together
        days = [groups["d1"][:2], groups["d1"][2:]]
    year = int(year_text) + (CENTURY if len(year_text) == 2 else 0) if year_text else None
    slip = bool(year and published and year > published.year + MAX_YEARS_AHEAD)
    if slip:
        year = None  # '15/09/2922'
    if year is None and wanted is not None:
        near = [(y, _safe(y, month, int(days[0]))) for y in years]
        right = [y for y, day in near if day is not None and day.weekday() == wanted]
        year = right[0] if len(right) == 1 else None
    options = [d for d in (_day(int(x), month, year, published) for x in days) if d]
    if not options:
        if year is None and 1 <= month <= 12 and 1 <= int(days[0]) <= 31:
            return DateMention(start, end, None, weekday=bool(weekday), slashed=bool(groups["m1"]))
        return None
    agreeing = [d for d in options if wanted is None or d.weekday() == wanted]
    day = (agreeing or options)[0]
    last = _day(int(groups["d2"]), month, day.year, None) if groups["d2"] else None
    return DateMention(
        start,
        end,
        day,
        last if last and last > day else None,
        slip or _conflict(day, wanted),
        bool(weekday),
        bool(groups["m1"]),
    )


def _day(day: int, month: int, year: int | None, published: date | None) -> date | None:
    try:
        if year is not None:
            return date(year, month, day)
        if published is None:
            return None
        near = [
            candidate
            for y in (published.year - 1, published.year, published.year + 1)
            if (candidate := _safe(y, month, day))
        ]
        best = min(near, key=lambda d: abs((d - published).days), default=None)
        return best if best and abs((best - published).days) <= MAX_DISTANCE_DAYS else None
    except ValueError:
        return None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _conflict(day: date | None, weekday: int | None) -> bool:
    return day is not None and weekday is not None and day.weekday() != weekday

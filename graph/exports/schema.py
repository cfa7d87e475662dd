"""The tidy tables: what stands in each column. One statement for CSV, Parquet and the dictionary.

A row is one thing or one statement, a column one property, and nothing is told in two tables. Ids
are the ends of IRIs ("polres-wonosobo" of https://w3id.org/sinergi/id/agency/polres-wonosobo), so
that tables join on columns of one name.
"""

from __future__ import annotations

from typing import NamedTuple

TYPES = ("string", "integer", "boolean", "date")  # as Table Schema names them


class Field(NamedTuple):
    name: str
    description: str
    type: str = "string"
    refers: str = ""  # the table whose key it holds
    values: tuple[str, ...] = ()  # all that may stand there
    required: bool = False


class Table(NamedTuple):
    name: str
    description: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]


_IRI = Field("iri", "Its IRI, under which the graph has it", required=True)
_DAY_OF = "the day the article was published"


def _id(name: str, description: str) -> Field:
    return Field(name, description, required=True)


TABLES = (
    Table("agencies", "Agencies that occur, and those that they stand under.", ("agency_id",), (
        _id("agency_id", "Its key"),
        Field("name", "Full name with region", required=True),
        Field("kind", "What it is; the label is in concepts, scheme agency-kind"),
        Field("sector", "Field of government or society; concepts, scheme sector"),
        Field("parent_id", "The agency it stands under", refers="agencies"),
        Field("region_id", "Where it works", refers="regions"),
        _IRI,
    )),
    Table("agency_changes", "Agencies that became others, each pair a row.",
          ("change_id", "before_id", "after_id"), (
        _id("change_id", "Which change"),
        Field("date", "The day", "date"),
        Field("before_id", "The agency before", refers="agencies", required=True),
        Field("after_id", "The agency after", refers="agencies", required=True),
    )),
    Table("regions", "Regions of these agencies, and those that they lie in.", ("region_id",), (
        _id("region_id", "Code of the Ministry of Home Affairs"),
        Field("name", "Name", required=True),
        Field("parent_id", "The region it lies in", refers="regions"),
    )),
    Table("officials", "Persons in office, or who speak for an agency.", ("official_id",), (
        _id("official_id", "The key: name and agency, since a name alone is no identity"),
        Field("name", "Name without rank and degrees", required=True),
        _IRI,
    )),
    Table("posts", "Posts within agencies.", ("post_id",), (
        _id("post_id", "Its key"),
        Field("name", "What it is called, without the agency", required=True),
        Field("agency_id", "The agency it is in", refers="agencies", required=True),
        _IRI,
    )),
    Table("memberships", "Offices held: who, where, in which post.", ("membership_id",), (
        _id("membership_id", "Its key"),
        Field("official_id", "Who", refers="officials", required=True),
        Field("agency_id", "Where", refers="agencies", required=True),
        Field("post_id", "In which post; empty where no article says", refers="posts"),
        Field("first_attested", "First day on which an article says so; no start", "date"),
        Field("last_attested", "Last day on which an article says so; no end", "date"),
        Field("former", "Whether an article says that it is no longer held", "boolean",
              required=True),
        _IRI,
    )),
    Table("attestations", "Each article that says that an office is or was held.", (), (
        Field("membership_id", "The office held", refers="memberships", required=True),
        Field("article_id", "The article", refers="articles", required=True),
        Field("day", f"{_DAY_OF.capitalize()}; empty where that is unknown", "date"),
        Field("former", "Whether it says that the office is no longer held", "boolean",
              required=True),
    )),
    Table("names", "Other names that articles and the registry have for things.",
          ("thing", "thing_id", "name"), (
        Field("thing", "What is called so", values=("agency", "official", "post", "topic"),
              required=True),
        _id("thing_id", "Its key"),
        Field("name", "The other name", required=True),
    )),
    Table("titles", "Ranks and degrees, as articles give them.",
          ("official_id", "article_id", "kind", "title"), (
        Field("official_id", "Whose", refers="officials", required=True),
        Field("article_id", "Which article says so", refers="articles", required=True),
        Field("kind", "What it is", values=("rank", "degree"), required=True),
        Field("title", "The rank or degree", required=True),
    )),
    Table("meetings", "Distinct meetings. Where articles differ, the first value in order; reports "
          "has what each says.", ("meeting_id",), (
        _id("meeting_id", "Its key"),
        Field("kind", "Concepts, scheme meeting-kind"),
        Field("status", "Concepts, scheme meeting-status: held, planned, postponed"),
        Field("start_date", "The day; empty where it does not follow from the text", "date"),
        Field("end_date", "The last day, where it took several", "date"),
        Field("place", "The place, as written"),
        _IRI,
    )),
    Table("reports", "What each article says of a meeting.", ("meeting_id", "article_id"), (
        Field("meeting_id", "The meeting", refers="meetings", required=True),
        Field("article_id", "The article", refers="articles", required=True),
        Field("kind", "Concepts, scheme meeting-kind"),
        Field("status", "Concepts, scheme meeting-status"),
        Field("start_date", "The day", "date"),
        Field("end_date", "The last day", "date"),
        Field("place", "The place, as written"),
        Field("date_conflict", "Whether its weekday and its day of the month disagree", "boolean",
              required=True),
    )),
    Table("meeting_topics", "What meetings were about.", ("meeting_id", "topic_id"), (
        Field("meeting_id", "The meeting", refers="meetings", required=True),
        Field("topic_id", "The topic", refers="topics", required=True),
    )),
    Table("topics", "Topics of meetings.", ("topic_id",), (
        _id("topic_id", "Its key"),
        Field("name", "What it is called", required=True),
        _IRI,
    )),
    Table("participations", "Who took part in which meeting: agencies, and officials for them.",
          ("participation_id",), (
        _id("participation_id", "Its key"),
        Field("meeting_id", "The meeting", refers="meetings", required=True),
        Field("participant", "Who takes part", values=("agency", "official"), required=True),
        Field("agency_id", "The agency itself, or the one the official acts for",
              refers="agencies"),
        Field("official_id", "The official", refers="officials"),
        Field("post_id", "The post acted in", refers="posts"),
        Field("role", "Concepts, scheme role; several given, one that says more than attendee"),
        Field("accompanies_id", "The official whom this one comes along with",
              refers="officials"),
        Field("represents_official_id", "The absent official stood in for", refers="officials"),
        Field("represents_agency_id", "The absent agency stood in for", refers="agencies"),
        Field("basis", "Concepts, scheme basis; several given, told before quoted before named"),
        _IRI,
    )),
    Table("agreements", "What was signed or agreed at meetings.", ("agreement_id",), (
        _id("agreement_id", "Its key"),
        Field("meeting_id", "The meeting", refers="meetings", required=True),
        Field("kind", "Concepts, scheme agreement-kind"),
        Field("name", "Title, as written"),
        _IRI,
    )),
    Table("signatories", "Parties to agreements.", ("agreement_id", "agency_id"), (
        Field("agreement_id", "The agreement", refers="agreements", required=True),
        Field("agency_id", "The party", refers="agencies", required=True),
    )),
    Table("statements", "What officials and agencies say in articles.", ("statement_id",), (
        _id("statement_id", "Its key"),
        Field("article_id", "The article", refers="articles", required=True),
        Field("official_id", "Who says it", refers="officials"),
        Field("agency_id", "For which agency", refers="agencies"),
        Field("post_id", "In which post", refers="posts"),
        Field("text", "What is said, as written", required=True),
        Field("direct", "In quotation marks, not reported", "boolean", required=True),
        Field("commitment", "Whether it promises to act", "boolean", required=True),
        _IRI,
    )),
    Table("articles", "The articles, those without a meeting included.", ("article_id",), (
        _id("article_id", "Its key"),
        Field("identifier", "The id that it was given", required=True),
        Field("title", "Headline"),
        Field("publisher", "The outlet"),
        Field("published", "Day of publication", "date"),
        Field("url", "Where it stands"),
        Field("copy_of_id", "The article whose text this one repeats", refers="articles"),
        Field("sha256", "SHA-256 of the text that start and end count into"),
        _IRI,
    )),
    Table("evidence", "The quotes that records rest on, each record and span a row.",
          ("record", "record_id", "iri"), (
        Field("record", "What kind of record", values=("official", "membership", "topic",
              "meeting", "participation", "agreement", "statement"), required=True),
        _id("record_id", "Its key, in the table of that kind"),
        Field("article_id", "The article", refers="articles", required=True),
        Field("quote", "The words, to the letter", required=True),
        Field("start", "Where they start in the article's text, in code points", "integer",
              required=True),
        Field("end", "Where they end, this one excluded", "integer", required=True),
        Field("prefix", "Up to 40 characters before"),
        Field("suffix", "Up to 40 characters after"),
        Field("url", "Where the article stands"),
        _IRI,
    )),
    Table("concepts", "What the keys of kinds, sectors, roles and statuses mean.",
          ("scheme", "key"), (
        _id("scheme", "Which vocabulary"),
        _id("key", "The key, as it stands in other tables"),
        Field("label", "In Indonesian", required=True),
        Field("label_en", "In English, where there is one"),
    )),
)  # fmt: skip

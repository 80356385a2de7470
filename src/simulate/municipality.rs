//! How `Eksempel kommune` is organised and what its people are called. Area names are generic; everything else is made
//! up.

/// One of the eight areas.
pub(super) struct Area {
    pub(super) name: &'static str,
    /// How many of [`PEOPLE`] work here.
    pub(super) people: usize,
    pub(super) services: &'static [&'static str],
    /// What units are called: `Trinn 3`.
    pub(super) unit: &'static str,
}

/// What the areas add up to.
pub(super) const PEOPLE: usize = 8_880;

pub(super) const AREAS: [Area; 8] = [
    Area {
        name: "Oppvekst skole",
        people: 2_450,
        services: &[
            "Solbakken skole",
            "Granåsen skole",
            "Elvebredden skole",
            "Nordlia skole",
            "Fururabben skole",
            "Steinbråten skole",
            "Vestmyra skole",
            "Haugtun skole",
            "Lyngheia skole",
            "Tjernvoll skole",
            "Bekkelund ungdomsskole",
            "Åsgård ungdomsskole",
            "Sørhagen ungdomsskole",
            "Fjordgløtt ungdomsskole",
            "Eksempel voksenopplæring",
            "Pedagogisk tjeneste",
        ],
        unit: "Trinn",
    },
    Area {
        name: "Oppvekst barnehage",
        people: 900,
        services: &[
            "Fjellhagen barnehage",
            "Blåklokka barnehage",
            "Tusenbein barnehage",
            "Maurtua barnehage",
            "Kløverenga barnehage",
            "Skogsnaret barnehage",
            "Regnbuebakken barnehage",
            "Sneglehuset barnehage",
            "Bjørkelunden barnehage",
            "Havgløtt barnehage",
            "Rogneveien barnehage",
            "Trollstien barnehage",
        ],
        unit: "Avdeling",
    },
    Area {
        name: "Pleie og omsorg",
        people: 2_700,
        services: &[
            "Lia sykehjem",
            "Fagerheim sykehjem",
            "Elvesletta sykehjem",
            "Solgløtt bo- og omsorgssenter",
            "Kirkebakken bo- og omsorgssenter",
            "Strandheim bo- og omsorgssenter",
            "Hjemmetjenesten nord",
            "Hjemmetjenesten sør",
            "Hjemmetjenesten øst",
            "Hjemmetjenesten vest",
            "Rehabiliteringstjenesten",
            "Kjøkken og vaskeri",
        ],
        unit: "Avdeling",
    },
    Area {
        name: "Helse og sosial",
        people: 1_150,
        services: &[
            "Legevakten",
            "Helsestasjonen",
            "Barnevernet",
            "Sosialtjenesten",
            "Psykisk helse og rus",
            "Boliger for funksjonshemmede",
            "Avlastning og fritid",
            "Flyktningtjenesten",
        ],
        unit: "Team",
    },
    Area {
        name: "Tekniske tjenester",
        people: 560,
        services: &["Vei og trafikk", "Vann og avløp", "Brann og redning", "Park og idrett"],
        unit: "Lag",
    },
    Area {
        name: "Plan, miljø og kultur",
        people: 470,
        services: &["Plan og byggesak", "Miljø og landbruk", "Bibliotek og kulturskole", "Kulturhuset"],
        unit: "Gruppe",
    },
    Area {
        name: "Eiendom",
        people: 380,
        services: &["Renhold", "Drift og vedlikehold", "Prosjekt og bygg"],
        unit: "Lag",
    },
    Area {
        name: "Organisasjon, styring og utvikling",
        people: 270,
        services: &["Personal og lønn", "Økonomi og innkjøp", "Digitalisering og arkiv"],
        unit: "Gruppe",
    },
];

/// Ordinary first names before family names that nobody bears.
pub(super) const FIRST_NAMES: [&str; 24] = [
    "Anne", "Berit", "Cecilie", "Dag", "Eirik", "Fatima", "Geir", "Hanne", "Ingrid", "Jan", "Kari", "Lars", "Maria",
    "Nils", "Ola", "Piotr", "Ragnhild", "Sara", "Tone", "Ulrik", "Vera", "Yusuf", "Åse", "Øyvind",
];

pub(super) const FAMILY_NAMES: [&str; 20] = [
    "Eksempelhaug",
    "Prøvestad",
    "Tenktnes",
    "Påfunnvik",
    "Diktesen",
    "Sånnsberg",
    "Fabelmo",
    "Skissedal",
    "Utkastrud",
    "Mønstervoll",
    "Øvingslien",
    "Liksomsen",
    "Testebakk",
    "Kladdvåg",
    "Modellhagen",
    "Prøvebråten",
    "Antattrud",
    "Omtrentli",
    "Innbildås",
    "Villet-Prøve",
];

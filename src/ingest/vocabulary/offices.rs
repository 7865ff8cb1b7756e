//! A register, a list and a log of an office of each language that came late: read right, word by word.

use super::{FILES, MarkMeaning, Role, Sex, normalise, standard};
use crate::ingest::fixture::{called, day, records, sheet, source, value};

/// A language with its words: number, name, sex, telephone, signature, date, place, event; participants in all, women,
/// men; a word for sums, for "present" and "absent"; March; a woman, a man; three people.
const OFFICES: &str = "\
be|№ п/п|Прозвішча, імя|Пол|Тэлефон|Подпіс|Дата|Месца правядзення|Мерапрыемства|Колькасць удзельнікаў|Жанчыны|Мужчыны|Усяго|прысутны|адсутны|Сакавік|жан|муж|Кавалёва Алена|Шаўчэнка Іван|Бондар Марыя
hy|Հ/հ|Անուն ազգանուն|Սեռ|Հեռախոս|Ստորագրություն|Ամսաթիվ|Վայր|Միջոցառում|Մասնակիցների թիվ|Կանայք|Տղամարդիկ|Ընդամենը|ներկա|բացակա|Մարտ|կին|տղամարդ|Անի Սարգսյան|Արամ Պետրոսյան|Լիլիթ Գրիգորյան
el|Α/Α|ΟΝΟΜΑΤΕΠΩΝΥΜΟ|Φύλο|Τηλέφωνο|ΥΠΟΓΡΑΦΗ|Ημερομηνία|Τόπος|Εκδήλωση|Αριθμός συμμετεχόντων|Γυναίκες|Άνδρες|Σύνολο|παρών|απών|Μάρτιος|γυναίκα|άνδρας|Μαρία Παπαδοπούλου|Γιώργος Νικολάου|Ελένη Δημητρίου
hu|Sorszám|Név|Neme|Telefonszám|Aláírás|Dátum|Helyszín|Foglalkozás|Résztvevők száma|Nők száma|Férfiak|Összesen|jelen|hiányzik|Március|nő|férfi|Nagy Éva|Kovács Péter|Szabó Anna
cs|Poř. č.|Jméno a příjmení|Pohlaví|Telefon|Podpis|Datum|Místo konání|Akce|Počet účastníků|Ženy|Muži|Celkem|přítomen|nepřítomen|Březen|žena|muž|Jana Nováková|Petr Svoboda|Eva Dvořáková
sk|Por. č.|Meno a priezvisko|Pohlavie|Telefón|Podpis|Dátum|Miesto konania|Podujatie|Počet účastníkov|Ženy|Muži|Spolu|prítomný|neprítomný|Marec|žena|muž|Jana Horváthová|Peter Kováč|Eva Vargová
sl|Zap. št.|Ime in priimek|Spol|Telefonska številka|Podpis|Datum|Kraj izvedbe|Dogodek|Število udeležencev|Ženske|Moški|Skupaj|prisoten|odsoten|Marec|ženska|moški|Ana Novak|Luka Horvat|Maja Zupan
mk|Ред. бр.|Име и презиме|Пол|Телефонски број|Потпис|Датум|Место на одржување|Настан|Број на учесници|Жени|Мажи|Вкупно|присутен|отсутен|Март|жена|маж|Ана Петровска|Марко Илиев|Елена Стојановска
sq|Nr. rendor|Emri dhe mbiemri|Gjinia|Numri i telefonit|Nënshkrimi|Data|Vendi|Aktiviteti|Numri i pjesëmarrësve|Gra|Burra|Gjithsej|prezent|mungon|Mars|femër|mashkull|Arta Hoxha|Besnik Krasniqi|Drita Gashi
az|Sıra №|Soyadı, adı, atasının adı|Cinsi|Telefon nömrəsi|İmza|Tarix|Keçirilmə yeri|Tədbir|İştirakçıların sayı|Qadınlar|Kişilər|Cəmi|iştirak edib|qayıb|Mart|qadın|kişi|Əliyeva Aygün|Məmmədov Rəşad|Həsənova Leyla
kk|Р/с|Аты-жөні|Жынысы|Телефон нөмірі|Қолы|Күні|Өткізілетін орны|Іс-шара|Қатысушылар саны|Әйелдер|Ерлер|Барлығы|келді|келмеді|Наурыз|әйел|ер|Айгүл Сәрсенова|Нұрлан Ахметов|Дана Қасымова
ky|Катар номери|Аты-жөнү|Жынысы|Телефон номери|Кол тамгасы|Датасы|Өткөрүлгөн жери|Иш-чара|Катышуучулардын саны|Аялдар|Эркектер|Бардыгы|келди|келген жок|Март|аял|эркек|Айгүл Асанова|Бакыт Токтогулов|Чолпон Эсенова
uz|T/r|Familiyasi, ismi, sharifi|Jinsi|Telefon raqami|Imzo|Sana|Oʻtkazilgan joyi|Tadbir|Ishtirokchilar soni|Ayollar|Erkaklar|Jami|qatnashdi|kelmadi|Mart|ayol|erkak|Karimova Dilnoza|Yusupov Sardor|Rahimova Nigora
uz|Т/р|Фамилияси, исми, шарифи|Жинси|Телефон рақами|Имзо|Сана|Ўтказилган жойи|Тадбир|Иштирокчилар сони|Аёллар|Эркаклар|Жами|қатнашди|келмади|Март|аёл|эркак|Каримова Дилноза|Юсупов Сардор|Раҳимова Нигора
tg|Р/т|Ному насаб|Ҷинс|Рақами телефон|Имзо|Сана|Ҷойи баргузорӣ|Чорабинӣ|Шумораи иштирокчиён|Занон|Мардон|Ҳамагӣ|ҳозир|ғоиб|Март|зан|мард|Мадина Раҳимова|Фирӯз Назаров|Гулнора Шарифова
fa|ردیف|نام و نام خانوادگی|جنسیت|شماره تماس|امضا|تاريخ|محل برگزاری|فعالیت|تعداد شرکت کنندگان|زنان|مردان|مجموع|حاضر|غایب|مارچ|زن|مرد|مریم احمدی|علی رضایی|زهرا کریمی
ku|Rêz|Nav û paşnav|Zayend|Hejmara telefonê|Îmze|Dîrok|Cih|Çalakî|Hejmara beşdaran|Jin|Hejmara mêran|Tevahî|amade|neamade|Adar|jin|mêr|Berfîn Demir|Azad Şêxo|Zozan Kaya
ku|ز|ناوی سیانی|ڕەگەز|ژمارەی مۆبایل|واژوو|بەروار|شوێن|چالاکی|ژمارەی بەشداربووان|ئافرەتان|پیاوان|کۆی گشتی|ئامادە|نەهاتوو|ئازار|مێ|نێر|شیلان ئەحمەد|ئازاد محەمەد|ڕووناک عەلی
vi|STT|Họ và tên|Giới tính|Số điện thoại|Chữ ký|Ngày|Địa điểm|Hoạt động|Số người tham gia|Nữ|Nam|Tổng cộng|có mặt|vắng|Tháng 3|nữ|nam|Nguyễn Thị Hoa|Trần Văn Nam|Lê Thị Mai
th|ลำดับที่|ชื่อ-นามสกุล|เพศ|เบอร์โทรศัพท์|ลายมือชื่อ|วันที่|สถานที่|กิจกรรม|จำนวนผู้เข้าร่วม|หญิง|ชาย|รวมทั้งหมด|มา|ขาด|มีนาคม|หญิง|ชาย|สมหญิง ใจดี|สมชาย รักไทย|มาลี ศรีสุข
sw|Namba|Jina kamili|Jinsia|Namba ya simu|Sahihi|Tarehe|Mahali|Shughuli|Idadi ya washiriki|Wanawake|Wanaume|Jumla|yupo|hayupo|Machi|mwanamke|mwanaume|Asha Juma|Hamisi Mwangi|Neema Otieno
am|ተ.ቁ|ሙሉ ስም|ፆታ|ስልክ ቁጥር|ፊርማ|ቀን|ቦታ|ስልጠና|የተሳታፊዎች ብዛት|ሴቶች|ወንዶች|ጠቅላላ ድምር|ተገኝቷል|ቀርቷል|ማርች|ሴት|ወንድ|አልማዝ ተስፋዬ|አበበ በቀለ|ሰላም ታደሰ
so|Tirsi|Magaca oo buuxa|Jinsiga|Lambarka taleefanka|Saxiixa|Taariikhda|Goobta|Hawsha|Tirada ka qaybgalayaasha|Haween|Rag|Wadarta|jooga|maqan|Maarso|dheddig|lab|Amina Cali|Maxamed Xasan|Faadumo Nuur
lt|Eil. Nr.|Vardas, pavardė|Lytis|Telefono numeris|Parašas|Data|Renginio vieta|Renginys|Dalyvių skaičius|Moterys|Vyrai|Iš viso|dalyvavo|nedalyvavo|Kovas|moteris|vyras|Ona Kazlauskienė|Jonas Petrauskas|Rasa Jankauskaitė
lv|Nr. p.k.|Vārds, uzvārds|Dzimums|Tālrunis|Paraksts|Datums|Norises vieta|Pasākums|Dalībnieku skaits|Sievietes|Vīrieši|Kopā|piedalījās|neieradās|Marts|sieviete|vīrietis|Anna Bērziņa|Jānis Kalniņš|Ilze Ozoliņa
et|Jrk nr|Ees- ja perekonnanimi|Sugu|Telefoninumber|Allkiri|Kuupäev|Toimumiskoht|Üritus|Osalejate arv|Naised|Mehed|Kokku|kohal|puudus|Märts|naine|mees|Mari Tamm|Jaan Saar|Liis Kask
nl|Volgnummer|Naam deelnemer|Geslacht|Telefoonnummer|Handtekening|Datum|Locatie|Bijeenkomst|Aantal deelnemers|Vrouwen|Mannen|Totaal|aanwezig|afwezig|Maart|vrouw|man|Anna de Vries|Jan Bakker|Els Visser
ht|Nimewo|Non ak siyati|Sèks|Nimewo telefòn|Siyen|Dat|Kote|Aktivite|Kantite patisipan|Fanm|Gason|Total jeneral|prezan|absan|Mwa mas|fanm|gason|Marie Joseph|Jean Baptiste|Rose Pierre
bn|ক্রমিক নং|অংশগ্রহণকারীর নাম|লিঙ্গ|মোবাইল নম্বর|স্বাক্ষর|তারিখ|স্থান|কার্যক্রম|অংশগ্রহণকারীর সংখ্যা|নারী|পুরুষ|সর্বমোট|উপস্থিত|অনুপস্থিত|মার্চ|মহিলা|পুরুষ|রহিমা বেগম|করিম উদ্দিন|সালমা খাতুন
ne|क्र.सं.|नाम थर|लिङ्ग|सम्पर्क नं.|हस्ताक्षर|मिति|स्थान|कार्यक्रम|सहभागी संख्या|महिला|पुरुष|जम्मा|उपस्थित|अनुपस्थित|मार्च|महिला|पुरुष|सीता शर्मा|राम थापा|गीता गुरुङ
ur|نمبر شمار|شریک کا نام|جنس|موبائل نمبر|دستخط|تاریخ|مقام|سرگرمی|شرکاء کی تعداد|خواتین|مرد|میزان|حاضر|غیر حاضر|مارچ|عورت|مرد|فاطمہ بی بی|احمد خان|عائشہ نور
my|စဉ်|တက်ရောက်သူအမည်|ကျား/မ|ဖုန်းနံပါတ်|လက်မှတ်|ရက်စွဲ|နေရာ|သင်တန်း|တက်ရောက်သူဦးရေ|အမျိုးသမီး|အမျိုးသား|စုစုပေါင်း|တက်|ပျက်|မတ်|အမျိုးသမီး|အမျိုးသား|မလှလှ|ကိုအောင်အောင်|မသီတာ
tl|Blg.|Buong pangalan|Kasarian|Numero ng telepono|Lagda|Petsa|Lugar|Gawain|Bilang ng mga kalahok|Kababaihan|Kalalakihan|Kabuuan|dumalo|lumiban|Marso|babae|lalaki|Maria Santos|Jose Reyes|Ana Cruz";

/// The languages that came after these tables had been learned from files of the others.
const LATE: usize = 31;

struct Office<'a> {
    language: &'a str,
    words: Vec<&'a str>,
}

fn offices() -> impl Iterator<Item = Office<'static>> {
    OFFICES.lines().map(|line| {
        let mut words: Vec<&str> = line.split('|').collect();
        assert_eq!(words.len(), 21, "{line}");
        let language = words.remove(0);
        Office { language, words }
    })
}

impl Office<'_> {
    fn word<const N: usize>(&self, from: usize) -> [&str; N] {
        std::array::from_fn(|at| self.words[from + at])
    }
}

#[test]
fn every_late_language_has_an_office() {
    let languages: std::collections::BTreeSet<&str> = offices().map(|office| office.language).collect();
    let late: std::collections::BTreeSet<&str> = FILES.iter().rev().take(LATE).map(|(language, _)| *language).collect();
    assert_eq!(languages, late);
}

#[test]
fn words_of_an_office_are_known_in_its_language() {
    let words = standard();
    for office in offices() {
        let language = office.language;
        let [
            _,
            name,
            sex,
            phone,
            signature,
            date,
            place,
            event,
            total,
            women,
            men,
            sum,
        ] = office.word(0);
        for (word, role) in [
            (name, Role::FullName),
            (sex, Role::Sex),
            (phone, Role::Phone),
            (signature, Role::Signature),
            (date, Role::SessionDate),
            (place, Role::Place),
            (event, Role::Event),
            (total, Role::CountTotal),
            (women, Role::CountFemale),
            (men, Role::CountMale),
        ] {
            assert!(words.header(word).contains(&role), "{language}: {word}");
            let tongues = words.tongues.get(&normalise(word));
            assert!(
                tongues.is_some_and(|tongues| tongues.contains(&language)),
                "{language}: {word}"
            );
        }
        let [present, absent, month, female, male] = office.word(12);
        assert!(words.is_totals(sum), "{language}: {sum}");
        assert_eq!(
            words.mark_in(present, &[language]),
            Some(MarkMeaning::Present),
            "{language}"
        );
        assert_eq!(
            words.mark_in(absent, &[language]),
            Some(MarkMeaning::Absent),
            "{language}"
        );
        assert_eq!(words.month(month), Some(3), "{language}: {month}");
        assert_eq!(
            (words.sex(female), words.sex(male)),
            (Some(Sex::Female), Some(Sex::Male)),
            "{language}"
        );
    }
}

#[test]
fn a_register_under_the_name_of_its_month_is_read() {
    for office in offices() {
        let language = office.language;
        let [no, name] = office.word(0);
        let [sum, present, absent, month] = office.word(11);
        let [first, second, third] = office.word(17);
        let text = format!(
            "{no}|{name}|#5|#12|#19\n#1|{first}|{present}|{absent}|{present}\n#2|{second}|{present}|{present}|{absent}\n\
             #3|{third}|{absent}|{present}|{present}\n{sum}||#2|#2|#2"
        );
        let records = records(vec![called(sheet(&text), &format!("{month} 2026"))], &source());
        let days: Vec<_> = records.sessions.iter().map(|session| session.date).collect();
        let expected = ["2026-03-05", "2026-03-12", "2026-03-19"].map(day);
        assert_eq!(days, expected, "{language}");
        assert_eq!((records.contacts.len(), records.mentions.len()), (6, 3), "{language}");
    }
}

#[test]
fn a_list_under_its_title_is_read() {
    for office in offices() {
        let language = office.language;
        let [no, name, sex, phone, signature, date, place, event] = office.word(0);
        let [female, male, first, second, third] = office.word(15);
        let text = format!(
            "{event}: A\n{place}: B\n{date}: 05.03.2026\n{no}|{name}|{sex}|{phone}|{signature}\n\
             #1|{first}|{female}|0671112233|\n#2|{second}|{male}|0671112244|\n#3|{third}|{female}|0671112255|"
        );
        let records = records(vec![sheet(&text)], &source());
        let days: Vec<_> = records.sessions.iter().map(|session| session.date).collect();
        assert_eq!(days, [day("2026-03-05")], "{language}");
        assert_eq!((records.contacts.len(), records.mentions.len()), (3, 3), "{language}");
        let sexes = [0, 1, 2].map(|row| value(&records, row, "sex"));
        assert_eq!(sexes, ["female", "male", "female"], "{language}");
    }
}

#[test]
fn a_log_of_head_counts_is_read() {
    for office in offices() {
        let language = office.language;
        let [date, place, event, total, women, men] = office.word(5);
        let text =
            format!("{date}|{event}|{place}|{total}|{women}|{men}\n05.03.2026|A|B|#12|#8|#4\n12.03.2026|C|B|#9|#5|#4");
        let records = records(vec![sheet(&text)], &source());
        let days: Vec<_> = records.sessions.iter().map(|session| session.date).collect();
        assert_eq!(days, [day("2026-03-05"), day("2026-03-12")], "{language}");
        for (key, counts) in [
            ("count_total", ["12", "9"]),
            ("count_female", ["8", "5"]),
            ("count_male", ["4", "4"]),
        ] {
            let found = [0, 1].map(|row| value(&records, row, key));
            assert_eq!(found, counts, "{language}: {key}");
        }
    }
}

#[test]
fn letters_of_a_sex_mean_what_they_mean_in_the_language_of_the_heading() {
    let under = |heading: &str, [woman, man]: [&str; 2]| {
        let list = format!("{heading}|ПІБ|Дата\n{woman}|Сова Ія|05.02.2026\n{man}|Рак Ян|05.02.2026");
        let records = records(vec![sheet(&list)], &source());
        let sexes = records.mentions.iter().map(|mention| mention.identity.sex);
        let sexes: Vec<String> = sexes
            .map(|sex| sex.map(|sex| records.text(sex).to_owned()).unwrap_or_default())
            .collect();
        sexes.join(" ")
    };
    for (heading, woman, man) in [
        ("Neme", "N", "F"),
        ("Nem (N/F)", "N", "F"),
        ("Lytis", "M", "V"),
        ("Cinsi", "Q", "K"),
        ("Sugu", "N", "M"),
        ("Стать", "Ж", "Ч"),
        ("Sex", "F", "M"),
        ("Geslacht", "V", "M"),
    ] {
        assert_eq!(under(heading, [woman, man]), "female male", "{heading}");
    }
    // Dutch and Lithuanian: a man and a woman, or the other way round.
    assert_eq!(under("M/V", ["vrouw", "man"]), "female male");
    assert_eq!(under("M/V", ["V", "M"]), " ");
}

#[test]
fn days_are_written_with_months_in_words() {
    use crate::ingest::dates::{DateReading, read_text};
    for text in [
        "5 մարտի 2026 թ.",
        "5 Μαρτίου 2026",
        "2026. március 5.",
        "5. března 2026",
        "5. marca 2026",
        "5 март 2026 г.",
        "5 mars 2026",
        "2026 жылғы 5 наурыз",
        "2026-жылдын 5-марты",
        "2026-yil 5-mart",
        "5 марти соли 2026",
        "۵ مارچ ۲۰۲۶",
        "ngày 5 tháng 3 năm 2026",
        "5 มีนาคม 2026",
        "5 Machi 2026",
        "2026 m. kovo 5 d.",
        "2026. gada 5. marts",
        "5. märts 2026",
        "5 maart 2026",
        "৫ মার্চ ২০২৬",
        "५ मार्च २०२६",
        "၅ မတ် ၂၀၂၆",
    ] {
        assert_eq!(read_text(text, None), DateReading::Day(day("2026-03-05")), "{text}");
    }
    for (text, month) in [
        ("tháng mười", 10),
        ("Tháng mười một", 11),
        ("Tháng mười hai 2026", 12),
        ("กุมภาพันธ์", 2),
    ] {
        let found = read_text(text, None);
        assert!(
            matches!(found, DateReading::Month { month: read, .. } if read == month),
            "{text}: {found:?}"
        );
    }
}

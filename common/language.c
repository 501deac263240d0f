/* A code goes in, what Dateline knows of that language comes out: rows, and
 * two hash tables over all their words that are built once, when first asked.
 * Adding a language is adding a row. A word of two is written "with_a_line". */
#include "common/language.h"

#include "common/hash.h"

#include <pthread.h>
#include <string.h>

/* Stop words are closed classes (articles, pronouns, prepositions, conjunctions,
 * auxiliaries), so that leaving them out of a question loses nothing, and so
 * that they tell one language from another. */
static const struct language languages[] = {
    {"en", "English", "english", false,
     "a about above after again against ain't all am an and any are aren't "
     "as at be because been before being below between both but by can can't "
     "cannot could couldn't did didn't do does doesn't doing don't down "
     "during each few for from further had hadn't has hasn't have haven't "
     "having he he'd he'll her here hers herself him himself his how i d ll "
     "m ve if in into is isn't it it'd it'll its itself let me more most "
     "mustn't my myself no nor not of off on once only or other ought our "
     "ours ourselves out over own same shan't she she'd she'll should "
     "shouldn't so some such than that the their theirs them themselves then "
     "there these they they'd they'll they're they've this those through to "
     "too under until up upon us very was wasn't we we'd we'll we're we've "
     "were weren't what when where which while who whom whose why will with "
     "won't would wouldn't you you'd you'll you're you've your yours "
     "yourself yourselves also may might must shall",
     {"january jan", "february feb febr", "march mar", "april apr", "may",
      "june jun", "july jul", "august aug", "september sep sept",
      "october oct", "november nov", "december dec"},
     "monday tuesday wednesday thursday friday saturday sunday mon tue tues "
     "wed weds thu thur thurs fri sat sun",
     "mr mrs ms dr prof st sr jr rev hon gen col lt maj capt cmdr sgt gov "
     "sen rep reps sens pres messrs mt no nos vol pp p fig figs inc ltd co "
     "corp llc plc vs v etc eg ie cf al approx dept est ext tel ave blvd rd "
     "ft jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu "
     "fri sat sun us uk un eu dc ed eds assn bros univ",
     "by written posted published author authors reported from"},
    {"de", "German", "german", true,
     "aber alle allem allen aller alles als also am an ander andere anderem "
     "anderen anderer anderes auch auf aus bei beim bin bis bist da damit "
     "dann das dass dein deine deinem deinen deiner dem den denn der deren "
     "des dessen die dies diese dieselbe dieselben diesem diesen dieser "
     "dieses dir doch dort du durch ein eine einem einen einer eines einig "
     "einige einigem einigen einiger einiges einmal er es etwas euch euer "
     "eure eurem euren eurer eures für gegen gewesen hab habe haben hat "
     "hatte hatten hätte hätten hier hin hinter ich ihm ihn ihnen ihr ihre "
     "ihrem ihren ihrer ihres im in indem ins ist ja jede jedem jeden jeder "
     "jedes jene jenem jenen jener jenes jetzt kann kein keine keinem keinen "
     "keiner keines können könnte machen man manche manchem manchen mancher "
     "manches mein meine meinem meinen meiner meines mich mir mit muss "
     "musste nach nicht nichts noch nun nur ob oder ohne sehr sein seine "
     "seinem seinen seiner seines seit selbst sich sie sind so solche "
     "solchem solchen solcher solches soll sollte sondern sonst sowie über "
     "um und uns unser unsere unserem unseren unter viel vom von vor während "
     "war waren warst was weg weil weiter welche welchem welchen welcher "
     "welches wenn werde werden wie wieder will wir wird wirst wo wollen "
     "wollte wurde wurden würde würden zu zum zur zwar zwischen",
     {"januar jänner jan jän jaenner", "februar feber feb febr",
      "märz mär mrz maerz", "april apr", "mai", "juni jun juno", "juli jul",
      "august aug", "september sep sept", "oktober okt", "november nov",
      "dezember dez"},
     "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
     "mo di mi do fr sa so",
     "dr prof hr fr frl dipl ing nr zb z b bzw dh ca usw etc ua oä ggf inkl "
     "mio mrd str tel st evtl sog vgl bsp abs art abt allg gem geb gest hrsg "
     "jh jr kfm max min mind od rd so uu va zt jan feb apr aug sep sept okt "
     "nov dez",
     "von text autor autorin foto"},
    {"fr", "French", "french", true,
     "a à ai aie ainsi ait alors après as au aucun aucune aujourd hui auquel "
     "aura aurait auront aussi autre autres aux avait avaient avant avec "
     "avez avoir avons c ça car ce ceci cela celle celles celui ces cet "
     "cette ceux chaque chez comme comment contre d dans de depuis des dès "
     "donc dont du elle elles en encore entre es est et étaient était étant "
     "été être eu eux fait fut furent hors ici il ils j je jusqu jusque l la "
     "là laquelle le lequel les lesquels leur leurs lors lorsque lui m ma "
     "mais me même mêmes mes moi moins mon n ne ni nos notre nous on ont ou "
     "où par parce pas pendant peu peut peuvent plus pour pourquoi puis qu "
     "quand que quel quelle quelles quels qui quoi s sa sans se selon sera "
     "serait seront ses si sien son sont sous sur t ta tandis te tel telle "
     "tels tes toi ton tous tout toute toutes très tu un une vers voici "
     "voilà vos votre vous y qu'à qu'il qu'on qu'un",
     {"janvier janv jan", "février fevrier févr fevr fév fev", "mars mar",
      "avril avr", "mai", "juin", "juillet juil juill", "août aout aoû",
      "septembre sept sep", "octobre oct", "novembre nov",
      "décembre decembre déc dec"},
     "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu "
     "ven sam dim",
     "m mm mme mlle dr pr me st ste av bd boul env etc ex p pp vol art chap "
     "fig no nos n tél cf cie ed éd hab janv févr avr juil sept oct nov déc",
     "par de publié rédigé écrit"},
    {"es", "Spanish", "spanish", true,
     "a al algo algunas algunos ante antes aquel aquella aquellas aquello "
     "aquellos aquí así aún aunque bajo bien cada casi como cómo con contra "
     "cual cuál cuales cualquier cuando cuándo cuyo de del desde después "
     "donde dónde dos durante e el él ella ellas ello ellos en entonces "
     "entre era eran eres es esa esas ese eso esos esta está estaba estaban "
     "están estar estas este esto estos estoy fue fuera fueron ha había "
     "habían haber hace hacia han hasta hay he la las le les lo los luego "
     "más me mi mí mientras mis misma mismo mismos mucho muchos muy nada ni "
     "no nos nosotros nuestra nuestro nuestros o os otra otras otro otros "
     "para pero poco por porque pues que qué quien quién quienes se sea "
     "según ser será si sí sido siempre sin sino sobre solo sólo son soy su "
     "sus también tan tanto te tiene tienen toda todas todavía todo todos "
     "tras tu tus u un una unas uno unos usted ustedes y ya yo",
     {"enero ene", "febrero feb febr", "marzo mar", "abril abr", "mayo may",
      "junio jun", "julio jul", "agosto ago agto",
      "septiembre setiembre sept sep set", "octubre oct", "noviembre nov",
      "diciembre dic"},
     "lunes martes miércoles jueves viernes sábado domingo miercoles sabado "
     "lun mar mié jue vie sáb dom",
     "sr sra srta sres dr dra d dña prof lic ing arq gral cnel av avda ud "
     "uds vd pág págs núm art cap ed etc ej aprox tel tfno depto ac dc sa sl "
     "ene feb abr ago sept oct nov dic",
     "por de texto autor autora redacción"},
    {"pt", "Portuguese", "portuguese", true,
     "a à ao aos aquela aquelas aquele aqueles aquilo as às até com como da "
     "das de dela delas dele deles depois do dos e é ela elas ele eles em "
     "entre era eram essa essas esse esses esta está estamos estão estas "
     "estava estavam este estes estou eu foi foram há isso isto já lhe lhes "
     "mais mas me mesmo meu meus minha minhas muito muitos na não nas nem no "
     "nos nós nossa nossas nosso nossos num numa o onde os ou para pela "
     "pelas pelo pelos perante por porque qual quais quando que quem são se "
     "seja sem ser será serão seu seus si sido só sob sobre sua suas também "
     "tão te tem têm tendo ter teve tinha toda todas todo todos tu tua um "
     "uma umas uns você vocês vos após ainda cada contra desde durante outra "
     "outras outro outros segundo",
     {"janeiro jan", "fevereiro fev", "março marco mar", "abril abr",
      "maio mai", "junho jun", "julho jul", "agosto ago", "setembro set",
      "outubro out", "novembro nov", "dezembro dez"},
     "segunda terça quarta quinta sexta sábado domingo segundafeira "
     "terçafeira quartafeira quintafeira sextafeira seg ter qua qui sex sáb "
     "dom sabado",
     "sr sra srs dr dra prof profa eng av r pág págs núm n art cap ed etc ex "
     "aprox tel ltda cia sa jan fev mar abr jun jul ago set out nov dez",
     "por de texto autor autora"},
    {"it", "Italian", "italian", true,
     "a abbia abbiamo ad agli ai al alla alle allo anche ancora avere aveva "
     "avevano c che chi ci ciò col come con contro cui d da dagli dai dal "
     "dalla dalle dallo degli dei del dell della delle dello di dopo dove e "
     "è ed era erano essere fa fino fra fu già gli ha hai hanno ho i il in "
     "io l la le lei li lo loro lui ma mentre mi mia mio molto ne negli nei "
     "nel nell nella nelle nello noi non nostra nostro o ogni oltre oppure "
     "per perché però più poi prima proprio qual quale quali quando quanto "
     "quella quelle quelli quello questa queste questi questo qui sarà se "
     "senza si sia siano siamo solo sono sopra sotto sta stata stati stato "
     "su sua sue sugli sui sul sull sulla sulle sullo suo suoi tra tu tua "
     "tuo tutta tutte tutti tutto un una uno v vi voi anno italia altra altro",
     {"gennaio gen genn", "febbraio feb febbr", "marzo mar", "aprile apr",
      "maggio mag magg", "giugno giu", "luglio lug", "agosto ago",
      "settembre set sett", "ottobre ott", "novembre nov", "dicembre dic"},
     "lunedì martedì mercoledì giovedì venerdì sabato domenica lunedi "
     "martedi mercoledi giovedi venerdi lun mar mer gio ven sab dom",
     "sig sigg dott prof avv ing arch on sen gen col ecc es p pp pag vol art "
     "cap ed n nn tel spa srl ca feb mar apr giu lug ago set ott nov dic",
     "di da autore testo a"},
    {"nl", "Dutch", "dutch", true,
     "aan al alles als altijd andere ben bij daar dan dat de der deze die "
     "dit doch doen door dus een één eens en er ge geen geweest haar had "
     "hadden heb hebben heeft hem het hier hij hoe hun iemand iets ik in is "
     "ja je kan kon kunnen maar me meer men met mij mijn moet moeten na naar "
     "niet niets nog nu of om omdat onder ons onze ook op over reeds s sinds "
     "t te tegen toch toen tot tussen u uit uw van veel voor waar waren was "
     "wat we wel welke werd werden wezen wie wij wil worden wordt zal ze zei "
     "zelf zich zij zijn zo zoals zonder zou zouden",
     {"januari jan", "februari feb febr", "maart mrt", "april apr", "mei",
      "juni jun", "juli jul", "augustus aug", "september sept sep",
      "oktober okt", "november nov", "december dec"},
     "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do "
     "vr za zo",
     "dhr mevr mw dr drs ir ing mr prof ds st nr nrs blz ca bijv bv dwz enz "
     "etc ed oa mbt ivm aub tov zg zgn tel vgl jl jan feb mrt apr jun jul "
     "aug sept okt nov dec",
     "door van auteur tekst"},
    {"sv", "Swedish", "swedish", true,
     "alla allt än är åt att av blev bli blir blivit då där de dem den denna "
     "deras dess dessa det detta dig din du efter ej eller en er ett från "
     "för genom ha hade han hans har henne hennes hon honom hur i icke in "
     "inom inte jag ju kan kommer kunde man med mellan men mig min mina mot "
     "mycket när någon något några ni nu och om oss på över samma sedan ska "
     "skall skulle så sådan sig sin sina sitt själv som till under upp ut "
     "utan vad var vara varför varit vem vi vid vilken vilka vilket även "
     "också",
     {"januari jan", "februari feb febr", "mars mar", "april apr", "maj",
      "juni jun", "juli jul", "augusti aug", "september sept sep",
      "oktober okt", "november nov", "december dec"},
     "måndag tisdag onsdag torsdag fredag lördag söndag mån tis ons tors tor "
     "fre lör sön",
     "dr prof st s k bl a t ex dvs mm osv etc kl nr ca fd sk pga tel jan feb "
     "mar apr jun jul aug sept sep okt nov dec",
     "av text skriven från"},
    {"no", "Norwegian", "norwegian", true,
     "alle at av bare ble blei bli blir både båe da de deg dei deim deira "
     "dem den denne der dere deres det dette di din disse ditt du eg ein ei "
     "eit eller en enn er et etter for fordi fra før få får gjennom ha hadde "
     "han hans har hennar henne hennes her hjå ho hun hva hvem hver hvilken "
     "hvis hvor hvordan hvorfor i ikke ikkje inn ingen ja jeg kan kom "
     "korleis kva kvar kven kunne man mange me med medan meg mellom men mer "
     "mi min mitt mot mye må ned no noe noen noko nå når og også om opp oss "
     "over på samme seg selv si sia sidan siden sin sine sitt skal skulle "
     "slik so som somme ta til um under upp ut uten var vart vere være vært "
     "ved vi vil ville vår vore vors",
     {"januar jan", "februar feb febr", "mars mar", "april apr", "mai",
      "juni jun", "juli jul", "august aug", "september sept sep",
      "oktober okt", "november nov", "desember des"},
     "mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tysdag "
     "laurdag sundag man tir ons tor tors fre lør søn",
     "dr prof st nr ca dvs mm ol osv etc kl kr mill mrd pga tlf s jan feb "
     "mar apr jun jul aug sept sep okt nov des",
     "av tekst skrevet fra"},
    {"da", "Danish", "danish", true,
     "ad af aldrig alle alt anden andet andre at både bare blev blive bliver "
     "da de dem den denne der deres det dette dig din dine disse dit dog du "
     "efter eller en end er et få får for fordi fra før gennem ham han hans "
     "har havde have hende hendes her hos hun hvad hvem hver hvilken hvis "
     "hvor hvordan hvorfor i ikke ind ingen ja jeg jer jo kan kom kunne lige "
     "mange med meget mellem men mere mig min mine mit mod må ned nej noget "
     "nogle nogen nu når og også om op os over på samme selv ses sig sin "
     "sine sit skal skulle som sådan til ud uden under var ved vi vil ville "
     "vor være været",
     {"januar jan", "februar feb febr", "marts mar", "april apr", "maj",
      "juni jun", "juli jul", "august aug", "september sept sep",
      "oktober okt", "november nov", "december dec"},
     "mandag tirsdag onsdag torsdag fredag lørdag søndag man tir ons tor "
     "tors fre lør søn",
     "dr prof st nr ca dvs mm mv ol osv etc kl kr mio mia pga tlf s hr fr "
     "jan feb mar apr jun jul aug sept sep okt nov dec",
     "af tekst skrevet fra"},
    {"fi", "Finnish", "finnish", true,
     "ei eivät ehkä ella emme en et että he heidän heille heitä hän häneen "
     "hänelle hänen hänet häntä ilman itse ja jo jokin joka joiden joissa "
     "jolla jolle jonka jos joskus jossa josta jota jotka joten jälkeen "
     "kaikki kanssa kautta keiden keitä ken kenen ketkä koska kuin kuinka "
     "kuitenkin kun kuten kyllä lisäksi me meidän meille meitä mihin mikä "
     "mikäli minkä minun minut minä missä mistä mitkä mitä mukaan mutta muu "
     "muun muut myös ne niiden niille niin niissä niistä niitä noin nyt "
     "näiden nämä näin näissä näitä ole olen olet oli olisi olivat olla "
     "olleet ollut on ovat poikki saa se sekä sen siellä siihen siinä sillä "
     "siitä sinä sitten sitä te teidän tai tuo tuon tuossa tähän tämä tämän "
     "tässä tästä tätä vaan vaikka vain varten vielä voi voidaan yli",
     {"tammikuu tammikuun tammikuuta tammikuussa tammi",
      "helmikuu helmikuun helmikuuta helmikuussa helmi",
      "maaliskuu maaliskuun maaliskuuta maaliskuussa maalis",
      "huhtikuu huhtikuun huhtikuuta huhtikuussa huhti",
      "toukokuu toukokuun toukokuuta toukokuussa touko",
      "kesäkuu kesäkuun kesäkuuta kesäkuussa kesä",
      "heinäkuu heinäkuun heinäkuuta heinäkuussa heinä",
      "elokuu elokuun elokuuta elokuussa elo",
      "syyskuu syyskuun syyskuuta syyskuussa syys",
      "lokakuu lokakuun lokakuuta lokakuussa loka",
      "marraskuu marraskuun marraskuuta marraskuussa marras",
      "joulukuu joulukuun joulukuuta joulukuussa joulu"},
     "maanantai maanantaina tiistai tiistaina keskiviikko keskiviikkona "
     "torstai torstaina perjantai perjantaina lauantai lauantaina sunnuntai "
     "sunnuntaina ma ti ke to pe la su",
     "esim ks mm ns nk n klo kpl s jne ym yms em ao po ts v vs puh prof tri "
     "dos dr milj mrd ml",
     "teksti kirjoittanut kirjoittaja"},
    {"pl", "Polish", "none", true,
     "a aby ale albo ani bardzo bez bo być był była było były będzie będą by "
     "ci co coś czy czyli dla dlaczego dlatego do gdy gdyby gdzie go i ich "
     "ile im inne inny iż ja jak jaka jakie jako je jednak jego jej jemu "
     "jest jestem jeszcze jeśli jeżeli już każdy kiedy kto która które "
     "którego której który których którym którzy lub ma mają mam mi mnie "
     "mogą może można mu musi my na nad nam nami nas nasz nawet nich nie "
     "niego niej nim nimi niż no o od on ona one oni ono oraz pan po pod "
     "podczas ponad ponieważ poza przed przede przez przy również są się "
     "skąd swoje swój swoją ta tak taka takie także tam te tego tej ten też "
     "to tobą toteż trzeba tu twój ty tych tylko tym u w we więc wśród "
     "wszystkie wszystko wy z za zawsze zaś ze że żeby został została "
     "zostały zostało",
     {"styczeń stycznia styczniu sty stycz", "luty lutego lutym lut",
      "marzec marca marcu mar", "kwiecień kwietnia kwietniu kwi kwie",
      "maj maja maju", "czerwiec czerwca czerwcu cze czerw",
      "lipiec lipca lipcu lip", "sierpień sierpnia sierpniu sie sierp",
      "wrzesień września wrześniu wrz wrzes",
      "październik października październiku paź paźdz",
      "listopad listopada listopadzie lis list",
      "grudzień grudnia grudniu gru grudz"},
     "poniedziałek wtorek środa środę czwartek piątek sobota sobotę "
     "niedziela niedzielę pon wt śr czw pt sob niedz",
     "dr prof inż mgr hab ks św ul al pl os tj tzn tzw np itd itp in r w ok "
     "godz nr str zob por red ur zm gen płk mjr kpt tys mln mld zł tel pon "
     "wt śr czw pt sob",
     "autor autorka tekst opracował oprac"},
    {"cs", "Czech", "none", true,
     "a aby ale ani ano asi až bez bude budou by byl byla byli bylo být co "
     "což či do ho i jak jako je jeho její jejich jej jen ještě jemu ji jich "
     "již jsem jsi jsme jsou k kam kde kdo kdy když ke která které kterého "
     "který kteří ku ma má mají me mě mezi mi mimo může my na nad nám nás "
     "naší náš ne nebo není než nic ní no o od on ona oni ono pak po pod "
     "podle pokud potom pouze pro proto protože před přes při proč s se si "
     "sice so své svůj svých ta tak také takže tam tato tedy ten tento této "
     "tím to toho tohle tom tomto tomu tu tuto ty už u v vám vás ve více "
     "však všechny vy z za zda ze že",
     {"leden ledna lednu led", "únor února únoru úno",
      "březen března březnu bře", "duben dubna dubnu dub",
      "květen května květnu kvě", "červen června červnu čvn",
      "červenec července červenci čvc", "srpen srpna srpnu srp", "září zář",
      "říjen října říjnu říj", "listopad listopadu lis",
      "prosinec prosince prosinci pro"},
     "pondělí úterý středa středu čtvrtek pátek sobota sobotu neděle neděli "
     "po út st čt pá so ne",
     "dr prof ing mgr bc doc mudr judr phdr např tj tzv apod atd mj č čl str "
     "ul nám tel p pí sv r sro as mil mld tis kč resp popř cca viz obr tab",
     "autor autorka text napsal"},
    {"sk", "Slovak", "none", true,
     "a aby aj ako ale alebo ani áno až bez bol bola boli bolo bude budú by "
     "byť cez čo či do ho i iba ich im ja je jeho jej jemu k kam kde kedy "
     "keď ktorá ktoré ktorý ktorí ku ma má majú medzi mi mňa môže my na nad "
     "nám nás náš ne nebo nech nie než nič o od okrem on ona oni ono po pod "
     "podľa pokiaľ potom pre preto pretože pred pri prečo s sa si sú so som "
     "sme svoj svoje ta tak také takže tam táto tej ten tento tiež to toho "
     "tom tomto tu túto ty tým už v vám vás však všetky vo vy z za zo že",
     {"január januára januári", "február februára februári",
      "marec marca marci", "apríl apríla apríli", "máj mája máji",
      "jún júna júni", "júl júla júli", "august augusta auguste",
      "september septembra septembri", "október októbra októbri",
      "november novembra novembri", "december decembra decembri"},
     "pondelok utorok streda stredu štvrtok piatok sobota sobotu nedeľa "
     "nedeľu po ut st št pi so ne",
     "dr prof ing mgr bc doc mudr judr napr tj tzv atď ap č čl str ul nám "
     "tel p sv r sro as mil mld tis resp cca",
     "autor autorka text"},
    {"hu", "Hungarian", "hungarian", true,
     "a abban ahhoz ahogy ahol aki akik akkor alatt által általában amely "
     "amelyek amelyeket amelyet amelynek ami amit amíg amikor át az azok "
     "azon azonban azt aztán azért be belül benne csak de e egy egyéb egyes "
     "egyik egész ehhez ekkor el elég ellen elő először előtt én éppen ez "
     "ezek ezen ezért ezt és fel felé ha hanem hogy hogyan igen így illetve "
     "ilyen is ismét itt jól jobban ki kell kellett keresztül később két "
     "kívül közül között le legyen lehet lehetett lenne lenni lesz lett maga "
     "magát majd már más második meg még mellett mert mely melyek mi miért "
     "míg mikor milyen minden mindig mint mintha mivel most nagy nagyon ne "
     "nem nekem néha néhány nélkül nincs ő ők olyan ott össze pedig persze "
     "rá s saját sem semmi sok sokat számára szemben szerint szinte talán "
     "tehát teljes több tovább továbbá ugyanis új újra úgy után utána utolsó "
     "vagy vagyis valaki valami valamint való van vannak vele vissza viszont "
     "volna volt voltak",
     {"január januári januárban jan", "február februári februárban febr feb",
      "március márciusi márciusban márc", "április áprilisi áprilisban ápr",
      "május májusi májusban máj", "június júniusi júniusban jún",
      "július júliusi júliusban júl", "augusztus augusztusi augusztusban aug",
      "szeptember szeptemberi szeptemberben szept",
      "október októberi októberben okt", "november novemberi novemberben nov",
      "december decemberi decemberben dec"},
     "hétfő hétfőn kedd kedden szerda szerdán csütörtök csütörtökön péntek "
     "pénteken szombat szombaton vasárnap",
     "dr prof ifj id özv pl stb kb ill ún un kft zrt nyrt bt rt u út tel old "
     "sz szerk vö ld jan febr márc ápr máj jún júl aug szept okt nov dec",
     "írta szerző szöveg"},
    {"ro", "Romanian", "romanian", true,
     "a abia acea aceasta această aceea acei aceia acel acela acele acelea "
     "acest acesta aceste acestea acestei acestor acestui aceşti acești acum "
     "ai aici al ale alt alta alte altul am anumit ar are aş aș așa asta "
     "astfel ati atât atunci au avea avem avut ba bine ca că cam când care "
     "căreia cărora căruia cât către ce cea cei cel cele celor cine cineva "
     "cu cum da dacă dar de deci deja deoarece departe deși despre din dintr "
     "dintre doar după ea ei el ele era este eu face fără fi fie fiind "
     "foarte fost iar ii îi il îl îmi în înainte încă însă între îşi își îți "
     "la le li lor lui mai mare mea mei mele meu mi mult multe mulți ne nici "
     "nimic niște noastră noi nostru nu numai o ori orice pe pentru peste "
     "până poate prea prin printr puțin sa să sau se si sînt spre sub sunt "
     "şi și ta tale te tot toate toți tu un una unde unei unele uneori unii "
     "unor unui unul va vă voi vor vostru vreo",
     {"ianuarie ian", "februarie feb febr", "martie mar mart", "aprilie apr",
      "mai", "iunie iun", "iulie iul", "august aug", "septembrie sept sep",
      "octombrie oct", "noiembrie noi nov", "decembrie dec"},
     "luni marți marţi miercuri joi vineri sâmbătă duminică lun mar mie vin "
     "sâm dum",
     "dl dna dr prof ing str nr art al lit pag etc ex tel bd sf şa șa ie mil "
     "mld ian feb apr aug sept oct nov dec",
     "de autor scris"},
    {"tr", "Turkish", "turkish", true,
     "acaba ama ancak arasında artık aslında az bana bazı belki ben benden "
     "beni benim beri bile bir birçok biri birkaç biz bize bizi bizim böyle "
     "böylece bu buna bunda bundan bunlar bunları bunların bunu bunun burada "
     "çok çünkü da daha dahi de defa değil diğer diye dolayı edecek eden "
     "ederek edilen ediyor en etmesi etti ettiği fakat gibi göre hâlâ halen "
     "hem henüz hep hepsi her herhangi herkes hiç için içinde ile ilgili ise "
     "işte itibaren kadar karşın kendi kendini ki kim kimse madem mı mi mu "
     "mü nasıl ne neden nedenle nerede niye o olan olarak oldu olduğu "
     "olduğunu olmak olması olmayan olsa olsun olup olur ona ondan onlar "
     "onları onların onu onun oysa öyle pek rağmen sadece sanki sen siz şey "
     "şimdi şöyle şu şunu tarafından tüm üzere üzerinde var ve veya ya yani "
     "yapılan yapmak yer yerine yine yok yoksa zaten",
     {"ocak ocağı ocakta oca", "şubat subat şub sub", "mart mar", "nisan nis",
      "mayıs mayis may", "haziran haz", "temmuz tem",
      "ağustos agustos ağu agu", "eylül eylul eyl", "ekim eki",
      "kasım kasim kas", "aralık aralik ara"},
     "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
     "dr prof doç yrd av müh sn bkz vb vs örn yy s no tel mah cad sok apt "
     "ltd şti aş tc mö ms alb yzb gn",
     "yazan yazar haber"},
    {"el", "Greek", "none", true,
     "αλλά αν αντί από αυτά αυτέσ αυτή αυτό αυτοί αυτόσ αυτού αυτούσ αυτών "
     "για δε δεν εάν είμαι είμαστε είναι είσαι εκείνα εκείνη εκείνο εκείνοι "
     "εκείνοσ ένα έναν ένασ ενόσ ενώ επί έχει έχουν η ή ήταν θα ίσωσ κ και "
     "κάθε κατά κι μα με μετά μέχρι μη μην μία μια μιασ μου μόνο μπορεί να ο "
     "οι όμωσ όπου όπωσ όσο όταν ότι ου παρά πιο ποια ποιοι ποιοσ πολύ που "
     "πριν προσ πωσ πώσ σαν σασ σε στη στην στισ στο στον στουσ στα τα τη "
     "την τησ τι τισ το τον του τουσ των τότε τώρα ωσ ώστε υπό",
     {"ιανουάριοσ ιανουαρίου ιανουάριο ιαν ιανουαριοσ ιανουαριου ιανουαριο",
      "φεβρουάριοσ φεβρουαρίου φεβρουάριο φεβ φεβρουαριοσ φεβρουαριου φεβρουαριο",
      "μάρτιοσ μαρτίου μάρτιο μαρ μάρ μαρτιοσ μαρτιου μαρτιο",
      "απρίλιοσ απριλίου απρίλιο απρ απριλιοσ απριλιου απριλιο",
      "μάιοσ μαΐου μάιο μαΐ μάι μαι μαίου μαιοσ μαιου μαιο",
      "ιούνιοσ ιουνίου ιούνιο ιουν ιουνιοσ ιουνιου ιουνιο",
      "ιούλιοσ ιουλίου ιούλιο ιουλ ιουλιοσ ιουλιου ιουλιο",
      "αύγουστοσ αυγούστου αύγουστο αυγ αύγ αυγουστοσ αυγουστου αυγουστο",
      "σεπτέμβριοσ σεπτεμβρίου σεπτέμβριο σεπ σεπτ σεπτεμβριοσ σεπτεμβριου σεπτεμβριο",
      "οκτώβριοσ οκτωβρίου οκτώβριο οκτ οκτωβριοσ οκτωβριου οκτωβριο",
      "νοέμβριοσ νοεμβρίου νοέμβριο νοε νοεμ νοεμβριοσ νοεμβριου νοεμβριο",
      "δεκέμβριοσ δεκεμβρίου δεκέμβριο δεκ δεκεμβριοσ δεκεμβριου δεκεμβριο"},
     "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
     "κ κα κοσ δρ καθ αρ σελ τηλ πχ κλπ κά μχ δηλ βλ εκ δισ ευρ αγ",
     "του τησ από"},
    {"ru", "Russian", "russian", true,
     "а без более больше будет будто бы был была были было быть в вам вас "
     "вдруг ведь во вот впрочем все всегда всего всех всю вы где да даже для "
     "до другой другие его ее её ей ему если есть еще ещё ж же за зачем "
     "здесь и из или им иногда их к как какая какой ко когда конечно которая "
     "которого которое которой которые который которых кто куда ли лучше "
     "между меня мне много может можно мой моя мы на над надо нас наш не "
     "него нее неё ней нельзя нет ни нибудь них ничего но ну о об однако он "
     "она они оно от перед по под после потом потому почти при про раз с сам "
     "своей свои своих свою себе себя сейчас со совсем так также такой там "
     "тебя тем теперь то тогда того тоже только том тот три тут ты у уж уже "
     "хоть хотя чего чей чем через что чтоб чтобы чуть эта эти этих это "
     "этого этой этом этот эту я",
     {"январь января январе янв", "февраль февраля феврале фев февр",
      "март марта марте мар", "апрель апреля апреле апр", "май мая мае",
      "июнь июня июне июн", "июль июля июле июл",
      "август августа августе авг", "сентябрь сентября сентябре сен сент",
      "октябрь октября октябре окт", "ноябрь ноября ноябре ноя нояб",
      "декабрь декабря декабре дек"},
     "понедельник вторник среда среду четверг пятница пятницу суббота "
     "субботу воскресенье пн вт ср чт пт сб вс",
     "г гг в вв те тд тп др пр им ул д кв стр с см ср напр проф акад доц инж "
     "тыс млн млрд руб коп тел рис табл обл р нэ св ст о оз янв фев февр апр "
     "авг сен сент окт ноя нояб дек пн вт чт пт сб вс гл ред",
     "автор текст от"},
    {"uk", "Ukrainian", "none", true,
     "а або але б без би був була були було бути в вам вас ви від він вже "
     "все всі всіх вона вони воно д для до є ж за з зі і й із його її їй їм "
     "їх інший інших коли кого який яка яке які якого якої яких як якщо між "
     "мене мені ми може можна на над нас наш не нього неї них ні ну о об "
     "однак одна оскільки перед під після по про при проти саме свої своїх "
     "свою себе серед та так також там такий твій те тебе тим то тобто тоді "
     "того тож той тому ти ті тільки у уже хоча це цей цих цього цієї цьому "
     "ця чи чому що щоб щодо я",
     {"січень січня січні січ", "лютий лютого лютому лют",
      "березень березня березні бер", "квітень квітня квітні кві",
      "травень травня травні тра", "червень червня червні чер",
      "липень липня липні лип", "серпень серпня серпні сер",
      "вересень вересня вересні вер", "жовтень жовтня жовтні жов",
      "листопад листопада листопаді лис", "грудень грудня грудні гру"},
     "понеділок вівторок середа середу четвер пятниця пятницю субота суботу "
     "неділя неділю пн вт ср чт пт сб нд",
     "р рр ст м вул д кв с див напр проф акад доц інж тис млн млрд грн тел "
     "тд тп ім обл",
     "автор авторка текст від"},
    {"bg", "Bulgarian", "none", true,
     "а ако ала без беше би бил била били било в вас ваш ви вие все всеки "
     "всички във възможно да дали до докато докога дори е едва един една "
     "едно ето за зад заради засега защо защото и из или им има имат ли към "
     "кога когато което които кой който коя която как каква какво като макар "
     "ме между мен ми мнозина мога могат може много моя му на над назад най "
     "направи нас не него нещо нея ни ние никой нито но някои някой няма "
     "обаче около освен особено от отгоре отново още пак по повече под после "
     "почти поради през преди при пред пък с са само се сега си след сме "
     "според срещу съм със също т тази така такива такъв там твой те тези ти "
     "то това тогава този той толкова точно трябва тук тъй тя тях у че често "
     "чрез ще щом я",
     {"януари ян яну", "февруари февр фев", "март", "април апр", "май", "юни",
      "юли", "август авг", "септември септ сеп", "октомври окт",
      "ноември ноем ное", "декември дек"},
     "понеделник вторник сряда четвъртък петък събота неделя",
     "г гр др инж проф доц акад ул бул бл ап тел св стр вж те тн ид напр лв "
     "хил млн млрд",
     "автор от текст"},
    {"hr", "Croatian", "none", true,
     "a ako ali bi bih bila bile bili bilo bio biti bude budu da do dok ga "
     "gdje godine hoće i ih ili im iz iza ja je jedan jedna jedno jer još k "
     "kada kad kako kao koja koje kojeg kojem koji kojih kojim koju kod li "
     "mi mogu može mu na nad nakon nam nas ne nego neki nema ni nije nisu "
     "njega njegov njih no o od odnosno on ona oni ono ova ovaj ove ovo pa "
     "po pod prema pri protiv prije s sa sam samo se si smo ste su sve svi "
     "svoj svoje što šta ta tada taj tako također te ti tim to toga tom tko "
     "tu u uz vam vas vi više već za zbog će",
     {"siječanj siječnja siječnju sij", "veljača veljače veljači velj",
      "ožujak ožujka ožujku ožu", "travanj travnja travnju tra",
      "svibanj svibnja svibnju svi", "lipanj lipnja lipnju lip",
      "srpanj srpnja srpnju srp", "kolovoz kolovoza kolovozu kol",
      "rujan rujna rujnu ruj", "listopad listopada listopadu lis",
      "studeni studenoga studenog studenom stu",
      "prosinac prosinca prosincu pro"},
     "ponedjeljak utorak srijeda srijedu četvrtak petak subota subotu "
     "nedjelja nedjelju",
     "dr prof mr mag ing dipl sv ul tel br str čl npr tj tzv itd ie god st "
     "mil mlrd doo dd og",
     "piše autor autorica tekst"},
    {"sr", "Serbian", "none", true,
     "а али ако би био била били било бити биће ћемо ће да до док га где "
     "године и из или им их иза ја је један једна једно јер још к када кад "
     "како као која које којем који којих којим коју код ли ми могу може му "
     "на над након нам нас не него неки нема ни није нису њега њих но о од "
     "односно он она они оно ова овај ове ово па по под према при против пре "
     "с са сам само се си смо сте су све сви свој своје што шта та тада тај "
     "тако такође те ти тим то тога том ко ту у уз вам вас ви више већ за "
     "због ali ako bi bio bila bili bilo biti biće ćemo će da do dok ga gde "
     "godine i iz ili im ih iza ja je jedan jedna jedno jer još k kada kad "
     "kako kao koja koje kojem koji kojih kojim koju kod li mi mogu može mu "
     "na nad nakon nam nas ne nego neki nema ni nije nisu njega njih no o od "
     "odnosno on ona oni ono ova ovaj ove ovo pa po pod prema pri protiv pre "
     "s sa sam samo se si smo ste su sve svi svoj svoje što šta ta tada taj "
     "tako takođe te ti tim to toga tom ko tu u uz vam vas vi više već za "
     "zbog",
     {"јануар јануара јануару јан januar januara januaru",
      "фебруар фебруара фебруару феб februar februara februaru",
      "март марта марту мар mart marta martu",
      "април априла априлу апр april aprila aprilu",
      "мај маја мају maj maja maju", "јун јуна јуну jun juna junu",
      "јул јула јулу jul jula julu",
      "август августа августу авг avgust avgusta avgustu",
      "септембар септембра септембру сеп septembar septembra septembru",
      "октобар октобра октобру окт oktobar oktobra oktobru",
      "новембар новембра новембру нов novembar novembra novembru",
      "децембар децембра децембру дец decembar decembra decembru"},
     "понедељак уторак среда среду четвртак петак субота суботу недеља "
     "недељу ponedeljak utorak sreda sredu četvrtak petak subota subotu "
     "nedelja nedelju",
     "др проф мр инж св ул тел бр стр чл нпр тј тзв итд год мил dr prof mr "
     "ing sv ul tel br str čl npr tj tzv itd god mil doo",
     "аутор пише autor piše"},
    {"sl", "Slovenian", "none", true,
     "a ali ampak bi bil bila bile bili bilo biti bo bodo bolj brez da do "
     "dokler dve eden en ena eno ga gre h i in iz ja jaz je jih jim jo k "
     "kadar kaj kako kakor kar kateri katera katere ker ki kjer ko koder kot "
     "lahko le med mi mo mogoče moj na nad naj nam nas naš ne nek neki nekaj "
     "ni niso nič njega njegov njen njih njim njo no o ob od oddelku oz "
     "oziroma on ona one oni pa po pod pred preko pri proti s sam samo se "
     "sebe sem si skozi smo so sta ste sva svoj svoje ta tak takrat tako tam "
     "te tega tej tem ti tista tisti to toda tudi tu u v vam vas več vendar "
     "ves vi vsak vsaj vse vsi z za zakaj zaradi zato zelo že",
     {"januar januarja januarju jan", "februar februarja februarju feb",
      "marec marca marcu mar", "april aprila aprilu apr", "maj maja maju",
      "junij junija juniju jun", "julij julija juliju jul",
      "avgust avgusta avgustu avg", "september septembra septembru sept",
      "oktober oktobra oktobru okt", "november novembra novembru nov",
      "december decembra decembru dec"},
     "ponedeljek torek sreda sredo četrtek petek sobota soboto nedelja "
     "nedeljo",
     "dr prof mag inž dipl sv ul tel št str čl npr tj ti itd ipd oz mio mrd "
     "doo dd g ga gl",
     "avtor avtorica besedilo piše"},
    {"lt", "Lithuanian", "lithuanian", true,
     "apie ar arba aš bei bent bet beveik buvo buvau būti būtų dabar dar "
     "daug dėl gal gali iki ir iš išvis į ja jai jam jau jei jeigu jie jiems "
     "jis jo jog joje jos jų juos ką kad kada kai kaip kas kiek kita kiti "
     "kitų ko kodėl kol koks kokia kur kuri kuria kurie kurio kurios kuris "
     "kurių kuriuos labai man mano mes mus mūsų nebuvo nei nes nėra net nors "
     "nuo o pagal pat per po prie prieš sau savo su šiam šie šio šios šis šį "
     "šių ta tačiau tada tai taip tam tarp tas tau tik to todėl toks ten "
     "tiek tie tuo tų už vėl vis visi viso visus yra",
     {"sausis sausio sausį saus", "vasaris vasario vasarį vas",
      "kovas kovo kovą", "balandis balandžio balandį bal",
      "gegužė gegužės gegužę geg", "birželis birželio birželį birž",
      "liepa liepos liepą liep", "rugpjūtis rugpjūčio rugpjūtį rugpj",
      "rugsėjis rugsėjo rugsėjį rugs", "spalis spalio spalį spal",
      "lapkritis lapkričio lapkritį lapkr", "gruodis gruodžio gruodį gruod"},
     "pirmadienis antradienis trečiadienis ketvirtadienis penktadienis "
     "šeštadienis sekmadienis pirmadienį antradienį trečiadienį "
     "ketvirtadienį penktadienį šeštadienį sekmadienį",
     "dr prof doc g gatvė pr tel nr psl pvz ty ir kt m d mln mlrd tūkst aa",
     "autorius autorė parengė"},
    {"lv", "Latvian", "none", true,
     "aiz ap apakš ar arī ārpus augšpus bet bez bija bijis būs būt caur dēļ "
     "diemžēl ej es esam esat esi esmu gan gar iekš ik ir ja jau jeb jebšu "
     "jo ka kā kad kam kas kāda kādi kāds ko kopš kura kuras kuri kuru kurš "
     "kuriem kļuva kļūt labad lai lejpus līdz man mēs mūsu ne nebūt nedz "
     "nekā nevis nezin no nu o otrpus pa par pār pat pēc pie pirms pret "
     "priekš savas savu savā starp tā tad tāda tādēļ tai tajā tam tāpat "
     "tāpēc tas te tiek tikai tika tikt to tomēr tu tur turklāt un uz vai "
     "vairāk var varēja varēt vēl vien viņa viņi viņš viņu virs virspus vis "
     "viss visi zem",
     {"janvāris janvāra janvārī janv", "februāris februāra februārī febr",
      "marts marta martā", "aprīlis aprīļa aprīlī apr", "maijs maija maijā",
      "jūnijs jūnija jūnijā jūn", "jūlijs jūlija jūlijā jūl",
      "augusts augusta augustā aug", "septembris septembra septembrī sept",
      "oktobris oktobra oktobrī okt", "novembris novembra novembrī nov",
      "decembris decembra decembrī dec"},
     "pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena "
     "svētdiena pirmdien otrdien trešdien ceturtdien piektdien sestdien "
     "svētdien",
     "dr prof doc g iela tel nr lpp piem ti uc utt plkst milj mljrd tūkst",
     "autors autore teksts"},
    {"et", "Estonian", "none", true,
     "aga ainult alates ära ees ega ehk ei eks enam enda enne et ette ga "
     "ikka ilma ja ju juba juures ka kas kaudu keegi kelle kes kogu kohta "
     "koos kõik kõige kui kuid kuidas kuna kus küll läbi ma mees meie me "
     "mida mille millal mis mitte mõne mu mul must nad need neid nende neile "
     "nii ning nüüd oli olid olema oleks olen oma on ole olla olnud peab "
     "pidi pole poolt pärast saab see seda selle selles selleks sellest siin "
     "siis sinna sest siiski ta taas talle tema temast tal te teda teie "
     "tuleb tõttu vahel vaid veel või väga välja võib üks üle",
     {"jaanuar jaanuari jaanuaril jaan",
      "veebruar veebruari veebruaril veebr", "märts märtsi märtsil",
      "aprill aprilli aprillil apr", "mai mail", "juuni juunil",
      "juuli juulil", "august augusti augustil aug",
      "september septembri septembril sept",
      "oktoober oktoobri oktoobril okt", "november novembri novembril nov",
      "detsember detsembri detsembril dets"},
     "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev "
     "esmaspäeval teisipäeval kolmapäeval neljapäeval reedel laupäeval "
     "pühapäeval",
     "dr prof hr pr tn tel nr lk nt st jne jms jt vt mln mld a kl p",
     "autor tekst kirjutas"},
    {"ca", "Catalan", "catalan", true,
     "a abans això al algun alguna algunes alguns als altra altre altres amb "
     "any aquell aquella aquelles aquells aquest aquesta aquestes aquests "
     "així aquí bé cada com contra d de del dels des després dins doncs "
     "durant el ella elles ells els em en encara entre era eren es és està "
     "estan estat et fa fins ha han hem he hi ho i ja jo l la les li llavors "
     "lo los m malgrat més mentre meu molt molta molts n ni no nosaltres o "
     "on per però perquè pot pel pels poc qual quals quan que què qui quin s "
     "sa se sense ser serà ses seu seus seva seves si sigui sobre som són "
     "sota sou sols t també tan tant te té tot tota tots un una unes uns va "
     "van vosaltres",
     {"gener gen", "febrer febr", "març", "abril abr", "maig", "juny",
      "juliol jul", "agost ag", "setembre set", "octubre oct", "novembre nov",
      "desembre des"},
     "dilluns dimarts dimecres dijous divendres dissabte diumenge",
     "sr sra srs dr dra prof av c pl núm pàg tel etc ex aprox sa",
     "per de text autor"},
    {"eu", "Basque", "basque", false,
     "ala aldiz al arabera arte asko baina baino baita bada baizik bat "
     "batean baten batetik batzuk bera beraiek beraz bere berak berau berez "
     "berriz beste bestela besteak bezala da dago dela delako den dena "
     "dezake die dio dira direla diren ditu dituen dituzte du duen duela "
     "dugu dute duten edo egin egiten eta ere ez gabe gehiago gu guztiak "
     "haiek hain hala han handik hango hara hari hark hartan hau hauek hemen "
     "hemendik hemengo hi hona honek honela hor horra hori horiek horrek "
     "hortik hura izan izango izaten kontra nahi nahiz ni noiz nola non nor "
     "nora orain ordea oso ze zein zen zer zergatik zuen zituen zuten ziren",
     {"urtarrila urtarrilaren urtarrilean urt",
      "otsaila otsailaren otsailean ots", "martxoa martxoaren martxoan mar",
      "apirila apirilaren apirilean api", "maiatza maiatzaren maiatzean mai",
      "ekaina ekainaren ekainean eka", "uztaila uztailaren uztailean uzt",
      "abuztua abuztuaren abuztuan abu", "iraila irailaren irailean ira",
      "urria urriaren urrian urr", "azaroa azaroaren azaroan aza",
      "abendua abenduaren abenduan abe"},
     "astelehena asteartea asteazkena osteguna ostirala larunbata igandea",
     "dr jn and etab adib or tel",
     "egilea testua"},
    {"ga", "Irish", "irish", true,
     "a ach ag agus an ann aon ar arb arna as b ba beidh bhfuil bhí bheith "
     "cad cén cé chuig chun ciod cuid d dá daichead de deich den deir do don "
     "dtí é ea eile eatarthu faoi fé féin freisin fuair gach gan go gur i "
     "iad idir in ina ins inár is le leis linn m mar mé mo muid mura na nach "
     "ná ní níl nó nuair nár ó ón os óna roimh sa san sé seo sí sibh sin "
     "sinn siad sna tá tar thar trí tú um un uile",
     {"eanáir ean", "feabhra feabh", "márta", "aibreán aibreáin aib",
      "bealtaine beal", "meitheamh meithimh meith", "iúil", "lúnasa lún",
      "meán_fómhair", "deireadh_fómhair", "samhain samhna samh",
      "nollaig nollag noll"},
     "luan máirt céadaoin déardaoin aoine satharn domhnach",
     "an t tel srl lch uimh",
     "le ó údar"},
    {"ar", "Arabic", "arabic", true,
     "ان اذ اذا الا الي ام اما انا انت انتم انه انها انهم او اول اي ايضا بان "
     "بعد بعض بل بن بها به بهذا بهذه بين تحت تكون تلك ثم جميع حتي حول حيث "
     "حين خلال دون ذات ذلك سوف ضد ضمن علي عليه عليها عن عند عنه عنها غير فان "
     "فقد في فيه فيها قال قالت قبل قد كان كانت كذلك كل كما كيف لا لان لانه "
     "لدي لقد لك لكن لم لما لن له لها لهم لو ليس ليست ما ماذا متي مثل مع معه "
     "من منذ منه منها نحن نحو نفسه هذا هذه هل هم هنا هناك هو هي وان وقال وقد "
     "وكان وكانت ولا ولم وما ومن وهذا وهو وهي وفي وعلي يكون يمكن يوم",
     {"يناير كانون_الثاني جانفي", "فبراير شباط فيفري", "مارس اذار",
      "ابريل نيسان افريل", "مايو ايار ماي", "يونيو حزيران يونيه جوان",
      "يوليو تموز يوليه جويليه", "اغسطس اب اوت غشت", "سبتمبر ايلول شتنبر",
      "اكتوبر تشرين_الاول", "نوفمبر تشرين_الثاني نونبر",
      "ديسمبر كانون_الاول دجنبر"},
     "الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت",
     "د ا م ص ب ت ه قم",
     "بقلم كتب كتبت الكاتب"},
    {"fa", "Persian", "none", true,
     "ان انان انچه انها اگر اما او اي اين اينجا اينكه با بايد بر براي برخي "
     "بود بودن بودند به بي بين پس پيش تا تر تمام جز چرا چنين چه چون چيزي حتي "
     "خواهد خود خويش داد دارد دارند داشت داشته داشتند در درباره دهد دو ديگر "
     "را روي زيرا سپس شان شد شدن شده شدند شما شود ضمن طور عين غير فقط قرار "
     "كرد كردن كرده كردند كند كنند كه كسي گفت گرفت ما مانند مگر من مورد مي "
     "ميشود ميكند ميكنند ميباشد نبايد نبود نه نيز نيست نميشود ها هاي هايي هم "
     "همان همه همچنين همين هر هرگز هنوز هيچ و وي ولي يا يك يعني است اند "
     "هستند هست كنم ام شوند بعد پيشتر ميان عليه بيش كم چند طي",
     {"ژانويه", "فوريه", "مارس", "اوريل", "مه مي", "ژوئن ژوين",
      "ژوئيه ژوييه جولاي", "اوت اگوست اگست", "سپتامبر", "اكتبر", "نوامبر",
      "دسامبر"},
     "شنبه يكشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه",
     "دكتر قم هش هق ص ج رك",
     "نويسنده نوشته از به_قلم"},
    {"he", "Hebrew", "none", true,
     "אבל או אולי אותה אותו אותם אז אחר אחרי אחת אי איך אין אל אלא אלה אלו "
     "אם אנחנו אני אף אפשר את אתה אתם בה בהם בו בין בכל בלי גם דרך הוא היא "
     "היה היו הייתה הם הן הנה זאת זה זו יש כאשר כבר כדי כי כך כל כמה כמו כן "
     "לא לאחר לה להם לו לי לכל למה לפי לפני מאוד מה מול מי מכל מן מתי נגד על "
     "עד עוד עכשיו עם פי צריך רק של שלא שלה שלהם שלו שם תחת תוך",
     {"ינואר ינו", "פברואר פבר", "מרץ מרס", "אפריל אפר", "מאי", "יוני",
      "יולי", "אוגוסט אוג", "ספטמבר ספט", "אוקטובר אוק", "נובמבר נוב",
      "דצמבר דצמ"},
     "ראשון שני שלישי רביעי חמישי שישי שבת",
     "פרופ מר גב רח טל עמ",
     "מאת כתב כתבה"},
    {"hi", "Hindi", "none", true,
     "अपना अपनी अपने अब अभी आदि आप इस इसका इसकी इसके इसमें इसी इसे उन उनका "
     "उनकी उनके उनको उन्हें उन्हों उस उसका उसकी उसके उसे एक एवं ऐसा ऐसे और कई "
     "कर करता करते करना करने करें कहा का काफी कि किया किसी की कुछ के को कोई "
     "कौन गई गए गया घर जब जहां जा जाता जाती जाते जाना जिन जिस जिसे जो तक तथा "
     "तब तरह तो था थी थे दिया दो द्वारा न नहीं ने पर पहले पास पूरा फिर बहुत "
     "बाद भी मगर मैं में यदि यह यहां या ये रखें रहा रही रहे लिए लेकिन व वर्ग "
     "वह वहां वाले वे संग सकता सकते सबसे सभी साथ साबुत से हम हर ही हुआ हुई "
     "हुए है हैं हो होता होती होते होना होने",
     {"जनवरी जन", "फ़रवरी फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई",
      "अगस्त", "सितंबर सितम्बर", "अक्टूबर अक्तूबर", "नवंबर नवम्बर",
      "दिसंबर दिसम्बर"},
     "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
     "डॉ श्री प्रो रु सं",
     "लेखक द्वारा"},
    {"zh", "Chinese", "none", false,
     "的 了 吗 呢 吧 嗎",
     {"一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月",
      "十月", "十一月", "十二月"},
     "星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 "
     "周四 周五 周六 周日",
     "",
     "作者 记者 撰文 文 編輯"},
    {"ja", "Japanese", "none", false,
     "の に は を た が で て と し れ さ も へ",
     {"睦月", "如月", "弥生", "卯月", "皐月", "水無月", "文月", "葉月",
      "長月", "神無月", "霜月", "師走"},
     "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
     "",
     "著者 記者 文 執筆 取材"},
    {"ko", "Korean", "none", false,
     "",
     {"일월", "이월", "삼월", "사월", "오월", "유월 육월", "칠월", "팔월",
      "구월", "시월 십월", "십일월", "십이월"},
     "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
     "",
     "기자 글 작성자"},
    {"th", "Thai", "none", true,
     "",
     {"มกราคม มค", "กุมภาพันธ์ กพ", "มีนาคม มีค", "เมษายน เมย", "พฤษภาคม พค",
      "มิถุนายน มิย", "กรกฎาคม กค", "สิงหาคม สค", "กันยายน กย", "ตุลาคม ตค",
      "พฤศจิกายน พย", "ธันวาคม ธค"},
     "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์",
     "ดร",
     "โดย ผู้เขียน"},
    {"vi", "Vietnamese", "none", true,
     "và của là các cho có trong được với không một những đã này khi đến về "
     "người từ năm ra vào để cũng như tại hay trên sau theo đó nhiều phải sẽ "
     "bị nhưng lại còn nên thì do rằng mà bởi nếu vì đang hoặc cùng mỗi việc",
     {"tháng_một tháng_giêng", "tháng_hai", "tháng_ba", "tháng_tư",
      "tháng_năm", "tháng_sáu", "tháng_bảy", "tháng_tám", "tháng_chín",
      "tháng_mười", "tháng_mười_một", "tháng_mười_hai"},
     "",
     "ts ths gs pgs tp tr ông bà",
     "tác_giả theo bài"},
    {"id", "Indonesian", "indonesian", true,
     "ada adalah agar akan aku antara anda apa apakah atas atau bagi bahwa "
     "banyak baru beberapa begitu belum berada bila bisa bukan dalam dan "
     "dapat dari dengan di dia hanya harus hingga ia ini itu jadi jika juga "
     "kalau kami kamu karena ke kembali kepada ketika kita lagi lain lalu "
     "lebih maka masih mereka namun oleh pada para paling pernah pun saat "
     "saja sangat satu saya sebagai sebelum sebuah secara sedang sehingga "
     "sejak selain selama semua seorang seperti serta setelah sudah supaya "
     "tak telah tentang tersebut terhadap tetapi tidak untuk yaitu yang",
     {"januari jan", "februari feb pebruari", "maret mar", "april apr", "mei",
      "juni jun", "juli jul", "agustus agu ags agt", "september sep sept",
      "oktober okt", "november nov nopember", "desember des"},
     "senin selasa rabu kamis jumat jum'at sabtu minggu",
     "dr prof drs ir h hj jl no tel dll dsb dst yth tsb",
     "oleh penulis teks"},
    {"ms", "Malay", "indonesian", true,
     "ada adalah agar akan aku antara anda apa atas atau bagi bahawa "
     "beberapa belum bila boleh bukan dalam dan dapat dari daripada dengan "
     "di dia hanya harus hingga ia ialah ini itu jika juga kami kamu kerana "
     "ke kepada ketika kini kita lagi lain lebih maka masih mereka namun "
     "oleh pada para pernah pun saya sebagai sebelum sebuah secara sedang "
     "sehingga sejak selain selepas semasa semua seorang seperti serta sudah "
     "telah tentang tersebut terhadap tetapi tidak turut untuk yang",
     {"januari jan", "februari feb", "mac", "april apr", "mei", "jun",
      "julai jul", "ogos ogo", "september sept", "oktober okt",
      "november nov", "disember dis"},
     "isnin selasa rabu khamis jumaat sabtu ahad",
     "dr prof hj jln no tel dll sdn bhd dato",
     "oleh penulis"},
    {"gl", "Galician", "none", true,
     "a á ao aos aquel aquela as até cada co coa coas como con contra cos "
     "cun cunha da das de del dela deles desde despois do dos e é el ela "
     "elas eles en entre era esa ese esta está están este foi ha hai isto "
     "lle lles mais máis me moi na nas nin no non nos nosa noso o onde os ou "
     "para pero pola polas polo polos por porque pra que quen se sen ser seu "
     "seus so sobre son súa súas tamén ten teñen toda todas todo todos tras "
     "un unha unhas uns xa",
     {"xaneiro xan", "febreiro feb", "marzo mar", "abril abr", "maio mai",
      "xuño xun", "xullo xul", "agosto ago", "setembro set", "outubro out",
      "novembro nov", "decembro dec"},
     "luns martes mércores xoves venres sábado domingo",
     "sr sra dr dra prof av núm páx tel etc ex",
     "por de texto"},
    {"is", "Icelandic", "none", true,
     "að af á allt alveg án annað eða ef eftir ég eiga einnig ekki en er eru "
     "fara fram frá fyrir hafa hafi hann hans hefur hefði hér hjá hún hvað "
     "hver í inn með mér mig milli mun nú né niður ná og okkar okkur sá "
     "saman segir sem sér sig síðan sinn sína svo til um undir upp úr út "
     "vegna vera verið verður við var voru yfir þá það þær þar þau þegar "
     "þeim þeir þeirra þess þessi þetta því þó",
     {"janúar jan", "febrúar feb", "mars mar", "apríl apr", "maí", "júní jún",
      "júlí júl", "ágúst ágú", "september sept", "október okt",
      "nóvember nóv", "desember des"},
     "mánudagur þriðjudagur miðvikudagur fimmtudagur föstudagur laugardagur "
     "sunnudagur mánudag þriðjudag miðvikudag fimmtudag föstudag laugardag "
     "sunnudag",
     "dr prof nr td þe ma kr sími bls",
     "eftir höfundur"},
    {"sq", "Albanian", "none", true,
     "a ai ajo apo as asaj ata atë ato atyre aq ca cila cilat cili çdo deri "
     "do dhe duhet e edhe ende është gjatë gjithë i ishin ishte ja jam janë "
     "jo ka kanë kam këtë këtij kësaj këto kështu kjo ky kur kishte ku "
     "lidhje mbi me më megjithatë mes mos mund na në ndërsa nën nga ne një "
     "nuk or ose pa para pas pasi për përmes po por pra prej qe që qenë s sa "
     "saj se si sipas ta të tek tha tij tjera tjerë tyre u unë vetë vetëm",
     {"janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht",
      "shtator", "tetor", "nëntor", "dhjetor"},
     "hënë martë mërkurë enjte premte shtunë diel",
     "dr prof nr etj tel",
     "nga autori"},
    {"mk", "Macedonian", "none", true,
     "а ако ама ами без беше би бил била било биле бидат во ве ги го да дека "
     "де до додека е ѐ една еден едно за зад зашто и или им има исто ја кај "
     "како кога која кое кои кој кон ќе ли ме меѓу ми многу може му на над "
     "накај нас не него нејзин ни ние нив нивните но ниту низ од откако по "
     "под пред преку при само се си сите сме со сум спроти што таа така тие "
     "тоа тој туку ту уште",
     {"јануари јан", "февруари фев", "март мар", "април апр", "мај", "јуни",
      "јули", "август авг", "септември сеп септ", "октомври окт",
      "ноември ное", "декември дек"},
     "понеделник вторник среда четврток петок сабота недела",
     "г проф инж ул бр тел стр те итн",
     "автор од"},
    {"be", "Belarusian", "none", true,
     "а або ад але аднак без больш бы быў была былі было быць вам вас вы ва "
     "ўсё ўсе да для дзе ды ёй ён яна яно яны яго яе іх ж жа з за зараз і ім "
     "інш каб калі каля карай кожны якая якія які яшчэ між мы мае можа можна "
     "на над нас наш не ні ну пад пасля паміж па перад пра праз пры сам "
     "сваёй свае свой сябе так таксама там таму тут той толькі тое у ў хто "
     "што чым гэта гэты гэтыя гэтай гэтага",
     {"студзень студзеня", "люты лютага", "сакавік сакавіка",
      "красавік красавіка", "май траўня мая травень", "чэрвень чэрвеня",
      "ліпень ліпеня", "жнівень жніўня", "верасень верасня",
      "кастрычнік кастрычніка", "лістапад лістапада", "снежань снежня"},
     "панядзелак аўторак серада чацвер пятніца субота нядзеля",
     "г гг ст вул д праф тыс млн тэл",
     "аўтар тэкст"},
    {"hy", "Armenian", "armenian", true,
     "այդ այլ այն այս դու դուք եմ են ենք ես եք է էի էին էինք էիր էիք էր ըստ "
     "թե ի ին իսկ իր կամ համար հետ հետո մենք մեջ մի ն նա նաև նրա նրանք որ "
     "որը որոնք որպես ու ում պիտի վրա և",
     {"հունվար հունվարի", "փետրվար փետրվարի", "մարտ մարտի", "ապրիլ ապրիլի",
      "մայիս մայիսի", "հունիս հունիսի", "հուլիս հուլիսի", "օգոստոս օգոստոսի",
      "սեպտեմբեր սեպտեմբերի", "հոկտեմբեր հոկտեմբերի", "նոյեմբեր նոյեմբերի",
      "դեկտեմբեր դեկտեմբերի"},
     "երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի ուրբաթ շաբաթ կիրակի",
     "թ պրոֆ",
     "հեղինակ"},
    {"ne", "Nepali", "nepali", false,
     "अझै अनि अनुसार अन्य अब अर्को आदि आफ्नो आफू उनको उनले उनी एक एउटा ऐसा कि "
     "किन को कुनै कुरा गरि गरी गरेको गर्दै गर्न गर्ने गरे छ छन् छु जब जस्तै जसले "
     "जो तर त तथा ती त्यो थप थिए थियो दिए देखि द्वारा धेरै न नै नजिक नि पछि "
     "पनि पहिले बारे भएको भने भन्दा भन्ने मा मात्र मेरो म यदि यस यसको यही या यो "
     "र रहेको रूपमा ले लाई लागि वा संग सँग सक्छ सबै साथै हाम्रो हुन हुने हुन्छ "
     "हो होइन",
     {"जनवरी", "फेब्रुअरी", "मार्च", "अप्रिल", "मे", "जुन", "जुलाई", "अगस्ट",
      "सेप्टेम्बर", "अक्टोबर", "नोभेम्बर", "डिसेम्बर"},
     "आइतबार सोमबार मङ्गलबार बुधबार बिहीबार शुक्रबार शनिबार",
     "डा श्री प्रा",
     "लेखक"},
    {"ta", "Tamil", "tamil", true,
     "அது அதன் அந்த அவர் அவர்கள் அவன் அவள் ஆகிய ஆகும் ஆனால் இந்த இது இதில் இதன் இவர் இல்லை "
     "உள்ள உள்ளது ஒரு என என்ற என்று எனவே ஏன் ஓர் கொண்டு தன் தான் நான் பல பின் பின்னர் "
     "போது மற்றும் மிக முதல் மூலம் மேலும் வந்த வரை வேண்டும்",
     {"ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்",
      "செப்டம்பர்", "அக்டோபர்", "நவம்பர்", "டிசம்பர்"},
     "திங்கள் செவ்வாய் புதன் வியாழன் வெள்ளி சனி ஞாயிறு",
     "டாக்டர் திரு",
     "எழுதியவர்"},
    {"ur", "Urdu", "none", true,
     "اب اپنا اپني اس اسي ان انهوں انهيں اور ايك اگر اپ با باهر بعد بغير بھي "
     "بهت پر پهلي پھر تا تك تو تھا تھي تھيں جا جب جس جن جو جيسي جهاں حتي "
     "درميان دو ديا ديگر ساتھ سب سكتا سكتي سي طرف طرح عام علاوه كا كچھ كر "
     "كرتا كرتي كرنا كرني كه كها كهتي كو كوئي كون كي كيا گا گي گئي گيا ليكن "
     "لئي ليي مگر ميں نه نهيں ني وه وهاں والي والا هر هم هو هوئي هوا هوتا "
     "هوتي هوني هي هيں يا يه يهاں",
     {"جنوري", "فروري", "مارچ", "اپريل", "مئي", "جون", "جولائي", "اگست",
      "ستمبر", "اكتوبر", "نومبر", "دسمبر"},
     "پير منگل بدھ جمعرات جمعه هفته اتوار",
     "ڈاكٹر",
     "از تحرير"},
    {"az", "Azerbaijani", "none", true,
     "amma arasında artıq az bəzi belə ben bir biz bizim bu bunun buna "
     "burada bundan çox çünki da daha də deyil dən digər edən edib edilib "
     "edir elə etmək əgər əvvəl gərək görə hər həm həmin heç hesab ilə ilk "
     "isə kim ki kimi lakin mən nə necə o olan olaraq oldu olduğu olduğunu "
     "olub olunub olur olmaq on onlar onun onu öz qədər qarşı sonra sən siz "
     "şey tərəfindən üçün üzrə üzərində var və ya yalnız yenə yox zaman",
     {"yanvar yanvarın", "fevral fevralın", "mart martın", "aprel aprelin",
      "may mayın", "iyun iyunun", "iyul iyulun", "avqust avqustun",
      "sentyabr sentyabrın", "oktyabr oktyabrın", "noyabr noyabrın",
      "dekabr dekabrın"},
     "",
     "dr prof mö",
     "müəllif"},
    {"bn", "Bengali", "none", true,
     "অনেক আগে আবার আমরা আমার আমি আর আরও ই উপর এ এই এক একটি এটি এবং এর ও ওই "
     "কথা করে করা করার করেছে করেন করতে কি কিছু কিন্তু কোন কোনো জন্য জানান তবে "
     "তা তাঁর তাদের তার তারা তিনি থেকে দিয়ে দুই না নিয়ে পর পরে পারে বলে বলেন "
     "বা বিভিন্ন মধ্যে মাধ্যমে যা যে যায় যদি সঙ্গে সব সময় সে সেই হয় হয়ে হয়েছে "
     "হবে ছিল",
     {"জানুয়ারি জানুয়ারী", "ফেব্রুয়ারি ফেব্রুয়ারী", "মার্চ", "এপ্রিল", "মে",
      "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"},
     "সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার",
     "ড মো ডা",
     "লেখক"},
};

enum { LANGUAGES = sizeof languages / sizeof *languages };

_Static_assert(LANGUAGES <= 64, "a set of rows is one uint64_t");

/* Other codes in use for a row: ISO 639-1 that grew old, members of a macro-
 * language, and ISO 639-2 where pages are seen to say it. */
static const char *const other_codes[][2] = {
    {"nb", "no"},  {"nn", "no"},  {"iw", "he"},  {"in", "id"},  {"mo", "ro"},
    {"bs", "hr"},  {"sh", "sr"},  {"cmn", "zh"}, {"yue", "zh"}, {"prs", "fa"},
    {"eng", "en"}, {"deu", "de"}, {"ger", "de"}, {"fra", "fr"}, {"fre", "fr"},
    {"spa", "es"}, {"por", "pt"}, {"ita", "it"}, {"nld", "nl"}, {"dut", "nl"},
    {"rus", "ru"}, {"ara", "ar"}, {"fas", "fa"}, {"per", "fa"}, {"zho", "zh"},
    {"chi", "zh"}, {"jpn", "ja"}, {"kor", "ko"}, {"tur", "tr"}, {"pol", "pl"},
    {"nor", "no"}, {"nob", "no"}, {"swe", "sv"}, {"dan", "da"}, {"fin", "fi"},
    {"ukr", "uk"}, {"heb", "he"}, {"hin", "hi"}, {"ell", "el"}, {"gre", "el"},
};

/* ---------------------------------------------------------- three tables */

struct stop_word {
    const char *word; /* not ended by NUL; NULL: free */
    size_t length;
    uint64_t rows;    /* bit i: a stop word of languages[i] */
};

struct month {
    const char *word;
    size_t length;
    int row, month;
};

struct weekday {
    const char *word;
    size_t length;
};

/* Twice the words there are, at least, and a power of two. */
enum { STOP_SLOTS = 1 << 14, MONTH_SLOTS = 1 << 12, WEEKDAY_SLOTS = 1 << 11 };

static struct stop_word stop_words[STOP_SLOTS];
static struct month months[MONTH_SLOTS];
static struct weekday weekdays[WEEKDAY_SLOTS];

static bool same_word(const char *a, size_t a_length, const char *b, size_t b_length)
{
    return a_length == b_length && !memcmp(a, b, a_length);
}

/* The slot of the word, or the free one where it belongs. */
static struct stop_word *stop_word_slot(const char *word, size_t length)
{
    uint32_t at = hash_32(HASH_32, word, length);
    for (;; at++) {
        struct stop_word *slot = &stop_words[at % STOP_SLOTS];
        if (!slot->word || same_word(slot->word, slot->length, word, length))
            return slot;
    }
}

static void stop_word_add(const char *word, size_t length, int row)
{
    struct stop_word *slot = stop_word_slot(word, length);
    slot->word = word;
    slot->length = length;
    slot->rows |= UINT64_C(1) << row;
}

/* One word may be a month of several languages ("listopad"): each has a slot,
 * and those of earlier rows are met first. */
static void month_add(const char *word, size_t length, int row, int month)
{
    uint32_t at = hash_32(HASH_32, word, length);
    while (months[at % MONTH_SLOTS].word)
        at++;
    months[at % MONTH_SLOTS] = (struct month){word, length, row, month};
}

static struct weekday *weekday_slot(const char *word, size_t length)
{
    for (uint32_t at = hash_32(HASH_32, word, length);; at++) {
        struct weekday *slot = &weekdays[at % WEEKDAY_SLOTS];
        if (!slot->word || same_word(slot->word, slot->length, word, length))
            return slot;
    }
}

/* The next word of a list, its length in *length; NULL at the end. */
static const char *list_next(const char **list, size_t *length)
{
    const char *word = *list + strspn(*list, " ");
    *length = strcspn(word, " ");
    *list = word + *length;
    return *length ? word : NULL;
}

static void tables_build(void)
{
    size_t length;
    for (int row = 0; row < LANGUAGES; row++) {
        const char *list = languages[row].stop_words;
        for (const char *word; (word = list_next(&list, &length));)
            stop_word_add(word, length, row);
        list = languages[row].weekdays;
        for (const char *word; (word = list_next(&list, &length));)
            *weekday_slot(word, length) = (struct weekday){word, length};
        for (int month = 0; month < 12; month++) {
            list = languages[row].months[month];
            for (const char *word; (word = list_next(&list, &length));)
                month_add(word, length, row, month + 1);
        }
    }
}

static void tables_ready(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, tables_build);
}

/* ----------------------------------------------------------------- codes */

/* "en-GB" -> "en"; false for what is no code. */
static bool code_primary(char out[4], const char *code)
{
    size_t length = 0;
    for (; code[length] && code[length] != '-' && code[length] != '_'; length++) {
        char low = (char)(code[length] | 0x20);
        if (length == 3 || low < 'a' || low > 'z')
            return false;
        out[length] = low;
    }
    out[length] = '\0';
    return length >= 2;
}

const struct language *language_find(const char *code)
{
    char primary[4];
    if (!code || !code_primary(primary, code))
        return NULL;
    const char *wanted = primary;
    for (size_t i = 0; i < sizeof other_codes / sizeof *other_codes; i++)
        if (*other_codes[i][0] == *primary && !strcmp(other_codes[i][0], primary))
            wanted = other_codes[i][1];
    for (int row = 0; row < LANGUAGES; row++)
        if (*languages[row].code == *wanted && !strcmp(languages[row].code, wanted))
            return &languages[row];
    return NULL;
}

const struct language *language_all(size_t *count)
{
    *count = LANGUAGES;
    return languages;
}

/* ----------------------------------------------------------------- words */

uint64_t language_stop_word_rows(const char *word)
{
    tables_ready();
    return stop_word_slot(word, strlen(word))->rows;
}

bool language_is_stop_word(const struct language *language, const char *word)
{
    return language &&
           (language_stop_word_rows(word) >> (language - languages) & 1);
}

bool language_is_weekday(const char *word)
{
    tables_ready();
    return weekday_slot(word, strlen(word))->word;
}

int language_month(const struct language *language, const char *word)
{
    tables_ready();
    size_t length = strlen(word);
    for (uint32_t at = hash_32(HASH_32, word, length); months[at % MONTH_SLOTS].word; at++) {
        const struct month *slot = &months[at % MONTH_SLOTS];
        if (same_word(slot->word, slot->length, word, length) &&
            (!language || &languages[slot->row] == language))
            return slot->month;
    }
    return 0;
}

"""Names of months in the languages that documents come in; short forms stand beside the full ones."""

from laihua.prechecks.comparing.plain import bare

NAMES = (
    "january jan janvier janv jänner januar januari enero ene gennaio janeiro stycznia styczen ocak "
    "leden ledna января январь янв ιανουαριου",
    "february feb febr février fevr fev februar februari febrero febbraio fevereiro lutego luty "
    "şubat sub unora únor февраля февраль фев φεβρουαριου",
    "march mar mars märz maerz mrz maart mrt marzo março marca marzec mart března brezen марта март "
    "мар μαρτιου",
    "april apr avril avr abril abr aprile kwietnia kwiecien nisan dubna duben апреля апрель апр "
    "απριλιου",
    "may mai mayo maggio mag maio maja maj mei mayıs kvetna kveten мая май μαιου",
    "june jun juin juni junio giugno giu junho czerwca czerwiec haziran haz června cerven июня июнь "
    "июн ιουνιου",
    "july jul juillet juil juli julio luglio lug julho lipca lipiec temmuz tem července cervenec "
    "июля июль июл ιουλιου",
    "august aug août aout agosto ago augusti augustus sierpnia sierpien ağustos srpna srpen августа "
    "август авг αυγουστου",
    "september sep sept septembre septembrie septiembre settembre set setembro września wrzesien "
    "eylül eyl září zari сентября сентябрь сен σεπτεμβριου",
    "october oct octobre oktober okt octubre ottobre ott outubro out października pazdziernik ekim "
    "eki října rijen октября октябрь окт οκτωβριου",
    "november nov novembre noviembre novembro listopada kasım kas listopadu ноября ноябрь ноя "
    "νοεμβριου",
    "december dec décembre dezember dez desember des diciembre dic dicembre dezembro grudnia "
    "grudzien aralık ara prosince декабря декабрь дек δεκεμβριου",
)
MONTHS: dict[str, int] = {bare(name): number for number, names in enumerate(NAMES, 1) for name in names.split()}

// Month names and the words that stand round dates, in English, German, French, Spanish, Italian, Dutch, Indonesian,
// Portuguese, Polish and Swedish; lower case, without accents. A language's row begins with January; '|' parts the spellings of one month.

const MONTHS = [
  'january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept october|oct november|nov december|dec',
  'januar|jan|janner februar|feb|feber marz|mrz|maerz april|apr mai juni|jun juli|jul august|aug september|sep|sept oktober|okt november|nov dezember|dez',
  'janvier|janv fevrier|fevr|fev mars avril|avr mai juin juillet|juil aout septembre|sept octobre|oct novembre|nov decembre|dec',
  'enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|setiembre|sep|set octubre|oct noviembre|nov diciembre|dic',
  'gennaio|gen|genn febbraio|febb|feb marzo|mar aprile|apr maggio|mag|magg giugno|giu luglio|lug agosto|ago settembre|set|sett ottobre|ott novembre|nov dicembre|dic',
  'januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep|sept oktober|okt november|nov december|dec',
  'januari|jan februari|pebruari|feb|peb maret|mar april|apr mei juni|jun juli|jul agustus|agt|agu|ags september|sep|sept oktober|okt november|nopember|nov|nop desember|des',
  'janeiro|jan fevereiro|fev marco|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez',
  'stycznia|styczen|sty lutego|luty|lut marca|marzec|mar kwietnia|kwiecien|kwi maja|maj czerwca|czerwiec|cze lipca|lipiec|lip sierpnia|sierpien|sie wrzesnia|wrzesien|wrz pazdziernika|pazdziernik|paz listopada|listopad|lis grudnia|grudzien|gru',
  'januari|jan februari|feb mars|mar april|apr maj juni|jun juli|jul augusti|aug september|sep|sept oktober|okt november|nov december|dec',
]

/** Weekdays, ordinals and little words; all that may stand in a date and says nothing of it. */
const FILLERS =
  'monday|mon tuesday|tue|tues wednesday|wed thursday|thu|thur|thurs friday|fri saturday|sat sunday|sun ' +
  'montag|mo dienstag|di mittwoch|mi donnerstag|do freitag|fr samstag|sonnabend|sa sonntag|so ' +
  'lundi|lun mardi mercredi|mer jeudi|jeu vendredi|ven samedi|sam dimanche|dim ' +
  'lunes martes miercoles|mie jueves|jue viernes|vie sabado|sab domingo|dom ' +
  'lunedi martedi mercoledi giovedi|gio venerdi sabato domenica ' +
  'maandag|ma dinsdag woensdag|wo donderdag vrijdag|vr zaterdag|za zondag|zo ' +
  'senin selasa rabu kamis jumat sabtu minggu ' +
  'poniedzialek wtorek sroda czwartek piatek sobota niedziela mandag tisdag onsdag torsdag lordag sondag ' +
  'segunda|seg terca|ter quarta|qua quinta|qui sexta|sex feira ' +
  'st nd rd th er re o a ere de del di do der den dem vom the of le el il la on am tgl date datum dnia r roku'

const monthByName: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((row) =>
    row
      .split(' ')
      .flatMap((names, i) => names.split('|').map((name): [string, number] => [name, i + 1])),
  ),
)
const fillers: ReadonlySet<string> = new Set(FILLERS.split(/[ |]/))

/** 1 to 12 for a month's name or abbreviation in lower case without accents; undefined for another word. */
export function monthOf(word: string): number | undefined {
  return monthByName.get(word)
}

export function isDateFiller(word: string): boolean {
  return fillers.has(word)
}

// Figures in the format of the operator's tool: shown numbers, hidden ones, and a month with nothing shown.
const MONTHS = 14;

// Returns the text of data/tal.csv for these kredse.
export function figures(kredse) {
  const lines = Array.from({ length: MONTHS }, (_, month) => {
    const name = `${2098 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    return kredse.flatMap((kreds, place) => of(month, place).map(([tal, antal]) => `${name},${kreds},${tal},${antal ?? 'skjult'}`));
  });
  return `${['måned,kreds,tal,antal', ...lines.flat().sort()].join('\n')}\n`;
}

function of(month, place) {
  if ((month + place) % 5 === 0) return [['modtaget', null]];
  const received = 40 + 3 * place + month;
  const isWhole = (month + place) % 3 === 0;
  return [
    ['modtaget', received],
    ['begyndt', received + 17],
    ['ringet-i-tide', isWhole ? received - 20 : received - 14],
    ['ringet-for-sent', isWhole ? 8 : null],
    ['ikke-ringet', isWhole ? 5 : null],
    ['afsluttet-inden-opkald', isWhole ? 7 : null],
    ['median-dage', 4 + (month % 3)],
    ['videresendt', null],
    ['ikke-videresendt', null],
    ['lukket:givet-raad', received - 12],
    ['lukket:ikke-muligt', null],
    ['lukket-ellers', null],
    ['ikke-lukket', null],
    ['fejl:bestil-en-betjent:telefon', 9],
  ];
}

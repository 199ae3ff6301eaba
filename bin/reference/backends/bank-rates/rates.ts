/** What the service answers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Rate {
  readonly buy: string;
  readonly sell: string;
}

interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly amount: string;
}

/** Rates of a bank that does not exist, in Australian dollars. */
const EXCHANGE: ReadonlyMap<string, Rate> = new Map([
  ['AUD', { buy: '1.0000', sell: '1.0000' }],
  ['EUR', { buy: '1.6421', sell: '1.7113' }],
  ['JPY', { buy: '0.0099', sell: '0.0106' }],
  ['NZD', { buy: '0.8904', sell: '0.9377' }],
  ['USD', { buy: '1.4893', sell: '1.5541' }],
]);

const INTEREST = [
  { product: 'everyday-saver', percent: '2.35' },
  { product: 'home-loan-variable', percent: '6.14' },
  { product: 'term-deposit-12', percent: '4.60' },
];

/** Answers an operation by its name; the gateway has already checked its body against the declared schema, and the service library parsed it. */
export function answer(operation: string, path: { readonly [name: string]: string | undefined }, body: unknown): Answer {
  switch (operation) {
    case 'listInterestRates': return { status: 200, body: INTEREST };
    case 'listExchangeRates': return { status: 200, body: Object.fromEntries(EXCHANGE) };
    case 'getExchangeRate': return found(path.currency);
    case 'convert': return converted(body as Conversion);
    case 'publishExchangeRate': return EXCHANGE.has(path.currency ?? '') ? { status: 202, body: { currency: path.currency } } : missing();
    default: return missing();
  }
}

function found(currency = ''): Answer {
  const rate = EXCHANGE.get(currency);
  return rate === undefined ? missing() : { status: 200, body: { currency, ...rate } };
}

function converted({ from, to, amount }: Conversion): Answer {
  const [bought, sold] = [EXCHANGE.get(from), EXCHANGE.get(to)];
  return bought === undefined || sold === undefined
    ? missing()
    : { status: 200, body: { currency: to, amount: (Number(amount) * Number(bought.buy) / Number(sold.sell)).toFixed(2) } };
}

function missing(): Answer {
  return { status: 404, body: { type: 'about:blank', title: 'Not Found', status: 404 } };
}

import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const RULE = 'an API service names the team that answers for it, in 1 to 256 letters, digits, spaces and _ . : / = + - @ (a tag holds no more)';

test.each(['', '  ', 'Cards & Loans', 'Cards\nLoans', 'A'.repeat(257)])('refuses the owner %j', (owner) => {
  expect(refusalOf(() => apiService({ owner }))).toBe(`OWNER: ${RULE}, got '${owner}' for 'accounts'; write owner: 'Accounts'`);
});

test.each(['A', 'A'.repeat(256), 'Équipe 7', 'cards_loans.team:x/y=z+1-2@bank'])('accepts the owner %j', (owner) => {
  expect(apiService({ owner }).owner).toBe(owner);
});

import { readRevocationList } from '../../../lambda/authorizer/revocation-list';
import { revocationPath } from '../../../lambda/authorizer/revocation-path';
import { NOW } from '../fixtures/authorizer';
import { authority, type Authority } from '../fixtures/certificates';
import { revocationList, serialOf } from '../fixtures/revocation-lists';

let acme: Authority;
let twin: Authority;
let globex: Authority;
beforeAll(async () => { [acme, twin, globex] = await Promise.all([authority(), authority(), authority('CN=Globex CA')]) as [Authority, Authority, Authority]; });

test('follows the path to the root, which nobody but the trust store revokes', async () => {
  const issuing = await acme.subordinate('CN=Acme Issuing CA');
  const { pem } = await issuing.issue();
  const authorities = [globex.pem, acme.pem, issuing.pem];
  const lists = [revocationList(issuing), revocationList(acme)].map((list) => readRevocationList(list, authorities, NOW * 1000));
  expect(revocationPath(pem, authorities)).toEqual([{ serial: serialOf(pem), issuer: lists[0]!.issuer }, { serial: serialOf(issuing.pem), issuer: lists[1]!.issuer }]);
});

test("leaves out certificates of others' authorities, also of one with the same name", async () => {
  const { pem } = await twin.issue();
  expect(revocationPath(pem, [acme.pem, globex.pem])).toEqual([]);
  expect(revocationPath(pem, [acme.pem, twin.pem])).toHaveLength(1);
});

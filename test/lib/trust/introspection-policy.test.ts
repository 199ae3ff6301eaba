import { Duration } from 'aws-cdk-lib';
import { IdentityProvider, Introspection, type IntrospectionProps } from '../../../lib';
import { authorizer, authorizerConfiguration } from '../../fixtures/authorizer';
import { testEnvironment } from '../../fixtures/declaration';
import { statementsOf } from '../../fixtures/iam-policy';

const ISSUER = 'https://id.test.bank.example';
const props: IntrospectionProps = { clientId: 'gateway', clientSecretName: 'identity/introspection' };
const environment = (introspection?: Introspection) => testEnvironment({ identityProvider: new IdentityProvider({ issuer: ISSUER, introspection }) });
const about = (text: string, introspection?: Introspection) =>
  statementsOf(authorizer({ environment: environment(introspection) }).template).filter((statement) => JSON.stringify(statement).includes(text));

test('tells the authorizer where to ask, as whom and which secret to read; and no secret', () => {
  const { accessToken } = authorizerConfiguration({ environment: environment(Introspection.at(`${ISSUER}/introspect`, { ...props, cacheFor: Duration.seconds(10) })) });
  expect(accessToken.introspection).toEqual({ endpoint: `${ISSUER}/introspect`, clientId: 'gateway', secretName: 'identity/introspection', cacheSeconds: 10, issuerRequired: false });
});

test('asks answers from another host to name the issuer', () => {
  const { accessToken } = authorizerConfiguration({ environment: environment(Introspection.onOtherHost('https://tokens.example/introspect', 'the vendor serves it there', props)) });
  expect(accessToken.introspection).toMatchObject({ issuerRequired: true, cacheSeconds: 30 });
});

test('may read that one secret, and nothing where nothing is introspected', () => {
  expect(about('introspection', Introspection.at(`${ISSUER}/introspect`, props))).toEqual([
    { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:ap-southeast-2:222222222222:secret:identity/introspection-??????' },
  ]);
  expect(about('introspection')).toEqual([]);
});

test("may decrypt with the team's key, through Secrets Manager only", () => {
  const clientSecretKeyArn = 'arn:aws:kms:ap-southeast-2:222222222222:key/1234';
  expect(about('key/1234', Introspection.at(`${ISSUER}/introspect`, { ...props, clientSecretKeyArn }))).toEqual([
    { Effect: 'Allow', Action: 'kms:Decrypt', Resource: clientSecretKeyArn, Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.ap-southeast-2.amazonaws.com' } } },
  ]);
});

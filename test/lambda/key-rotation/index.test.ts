import { Bundle } from '../fixtures/bundle';
import { SecretsManagerServer } from '../fixtures/secrets-manager-server';

const secrets = new SecretsManagerServer();
let rotation: Bundle;
let publication: Bundle;
let environment: Record<string, string>;

beforeAll(async () => {
  secrets.create('signing', 'to be rotated');
  secrets.create('published', 'to be rotated');
  environment = {
    SIGNING_KEY_SECRET_ARN: 'signing', PUBLISHED_KEYS_SECRET_ARN: 'published', KEY_OVERLAP_SECONDS: '3600', AWS_REGION: 'ap-southeast-2',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await secrets.start(), AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b',
  };
  [rotation, publication] = await Promise.all([Bundle.of('key-rotation'), Bundle.of('published-keys')]);
});
afterAll(async () => {
  rotation.remove();
  publication.remove();
  await secrets.stop();
});

test('rotates in four steps, after which the new key is served', async () => {
  const before = await publication.invoke({}, environment);
  expect(before.result).toMatchObject({ statusCode: 503 });
  const version = secrets.startRotation('signing');
  for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
    const { error, lines } = await rotation.invoke({ Step, SecretId: 'signing', ClientRequestToken: version }, environment);
    expect({ error, line: JSON.parse(lines[0]!) as unknown }).toEqual({ error: undefined, line: { type: 'key-rotation', step: Step, version } });
  }
  const { kid } = JSON.parse(secrets.value('signing')!) as { kid: string };
  const { result } = await publication.invoke({}, environment);
  expect(result).toMatchObject({ statusCode: 200, body: expect.stringContaining(kid) });
});

test('refuses to start with an overlap that is no number of seconds', async () => {
  await expect(rotation.invoke({}, { ...environment, KEY_OVERLAP_SECONDS: '1h' })).rejects.toThrow('KEY_OVERLAP_SECONDS is a whole number of seconds');
});

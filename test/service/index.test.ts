import * as service from '../../service';

test('exports by name what a service uses', () => {
  expect(Object.keys(service).sort()).toEqual(['BodyInspection', 'BodyRefused', 'BodySchemaRefused', 'DynamoDbReplayStore', 'FileUploadRefused', 'FileUploads', 'JsonThreatProtection', 'JsonThreatRefused', 'MessageSignatures', 'SignatureRefused', 'TrustTokenRefused', 'TrustTokenVerifier', 'XmlThreatProtection', 'XmlThreatRefused', 'fileOwner', 'lambdaTrustToken', 'nodeHttpTrustToken', 'verifyTrustToken']);
});

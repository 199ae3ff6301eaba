import { CfnLayerVersion, ILayerVersion, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BODY_VALIDATORS_FILE, BODY_VALIDATORS_VARIABLE } from '../contract/body-validators';
import { BodyLimits } from '../contract/body-limits';
import { ApiGroup } from '../declaration/api-group';
import { ApiService } from '../declaration/api-service';
import { generatedFolder } from '../private/generated-file';
import { declaredBodyLimits } from './body-inspection';
import { bodyValidators } from './body-validators';

/** Which service a function is, and what its environment knows of the declaration. */
interface Declared {
  readonly environment: { readonly groups?: ApiGroup[] };
  readonly group: string;
  readonly service: string;
}

/** Environments share their services, and a large document takes seconds to compile. */
const compiled = new WeakMap<ApiService, Map<string, string | undefined>>();

/** Where Lambda puts the files of layers. */
const LAYERS = '/opt';

/** A layer with the body validators of a service, and how its function is told. */
export interface ValidatorLayer {
  readonly layers: ILayerVersion[];
  readonly variables: { readonly [name: string]: string };
}

/**
 * Stamps the layer with the body validators of a declared service; none where it takes no JSON body that has a schema.
 *
 * A layer, because the code of the function is its team's own and is deployed as it is.
 */
export function validatorLayer(scope: Construct, declared: Declared): ValidatorLayer {
  const { environment, group, service } = declared;
  const found = environment.groups?.find(({ name }) => name === group)?.services.find(({ name }) => name === service);
  const text = found && compiledOnce(found, declaredBodyLimits(declared));
  if (text === undefined) return { layers: [], variables: {} };
  const { bucketName, objectKey } = generatedFolder(scope, { [BODY_VALIDATORS_FILE]: text });
  const layer = new CfnLayerVersion(scope, 'BodyValidators', {
    content: { s3Bucket: bucketName, s3Key: objectKey },
    description: `Validators of the JSON bodies of the API service ${service}, generated from its declaration`,
  });
  return { layers: [LayerVersion.fromLayerVersionArn(scope, 'BodyValidatorsVersion', layer.ref)], variables: { [BODY_VALIDATORS_VARIABLE]: `${LAYERS}/${BODY_VALIDATORS_FILE}` } };
}

function compiledOnce(service: ApiService, limits: BodyLimits): string | undefined {
  const texts = compiled.get(service) ?? new Map<string, string | undefined>();
  compiled.set(service, texts);
  const key = JSON.stringify(limits);
  if (!texts.has(key)) texts.set(key, bodyValidators(service, limits));
  return texts.get(key);
}

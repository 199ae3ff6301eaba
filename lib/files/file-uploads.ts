import { Duration } from 'aws-cdk-lib';
import { IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Function, IFunction } from 'aws-cdk-lib/aws-lambda';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { fileTypesText, FILE_UPLOADS_ENVIRONMENT } from '../contract/file-uploads';
import { IBackendEnvironment } from '../declaration/backend-environment';
import { FileType } from '../declaration/file-type';
import { checkedName } from '../declaration/name';
import { acknowledge } from '../private/acknowledged-rules';
import { demand } from '../private/refusal';
import { FileAlarms } from './file-alarms';
import { bucketLogicalId } from './file-bucket';
import { FileRelease } from './file-release';
import { MalwareScanner } from './malware-scanner';
import { QuarantineBucket } from './quarantine-bucket';
import { ReleasedBucket } from './released-bucket';
import { keyUse } from './key-use';

/** Properties of `FileUploads`. */
export interface FileUploadsProps {
  /** The environment that the files lie in: an `EnvironmentStage`. */
  readonly environment: IBackendEnvironment;
  /** API service that the files belong to; no other `FileUploads` of the environment has it. */
  readonly service: string;
  /** What may be uploaded, by its content. */
  readonly types: FileType[];
  /** Where alarms go: `alarmTopic` of the `EnvironmentStage`. */
  readonly alarmTopic: ITopic;
  /**
   * How long a file that was not released is kept for whoever looks into it, in whole days.
   *
   * @default Duration.days(30)
   */
  readonly quarantineRetention?: Duration;
  /**
   * How long a released file is kept, in whole days.
   *
   * @default - until the service deletes it
   */
  readonly retention?: Duration;
  /**
   * Origins of the browser applications that upload and download by script, exactly: `https://www.bank.example`.
   *
   * @default - none: servers, native applications and plain forms need none
   */
  readonly browserOrigins?: string[];
}

/**
 * Takes files from the callers of an API service, and lets nobody read one before it was scanned and its content checked.
 *
 * A caller uploads to a quarantine bucket, by a form that the service signs for one file of one type, size and owner
 * (`FileUploads` of `cdk-api-security/service`). GuardDuty Malware Protection scans it, a function checks that its content is
 * of the type, from the first byte to the last, and writes what it checked to the bucket that the service reads. Anything else
 * stays in quarantine until it expires, with a record, a metric and an alarm.
 *
 * @example
 * import { Size, Stack } from 'aws-cdk-lib';
 * import { BackendFunction, EnvironmentStage, FileType, FileUploads } from 'cdk-api-security';
 *
 * declare const stack: Stack;
 * declare const stage: EnvironmentStage;
 * declare const backend: BackendFunction;
 *
 * new FileUploads(stack, 'Documents', {
 *   environment: stage,
 *   service: 'documents',
 *   types: [FileType.PDF, FileType.JPEG.upTo(Size.mebibytes(5))],
 *   alarmTopic: stage.alarmTopic,
 * }).grantUse(backend.function);
 */
export class FileUploads extends Construct {
  /** Holds uploads until they are released; read by the scanner and the release only. */
  public readonly quarantineBucket: IBucket;
  /** Holds released files; written by the release only. */
  public readonly releasedBucket: IBucket;
  /** Function that releases files. */
  public readonly release: IFunction;
  /** Environment variables of `FileUploads.fromEnvironment()`, for services other than functions of the same app. */
  public readonly variables: { [name: string]: string };
  private readonly props: FileUploadsProps;

  /** Refuses with `NAME` a service that cannot be declared, with `FILE_…` what no upload could satisfy. */
  public constructor(scope: Construct, id: string, props: FileUploadsProps) {
    super(scope, id);
    checkedName(props.service);
    checkTypes(props.types);
    const { environment: { vpc, key }, service, browserOrigins = [] } = props;
    for (const origin of browserOrigins) demand('FILE_ORIGIN', /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin), () => `'${origin}'`);
    const quarantine = new QuarantineBucket(this, 'Quarantine', { key, retention: days(props.quarantineRetention ?? Duration.days(30)), browserOrigins });
    const released = new ReleasedBucket(this, 'Released', { key, retention: props.retention && days(props.retention), browserOrigins });
    const scanner = new MalwareScanner(this, 'Scanner', { bucket: quarantine.bucket, key });
    const names = {
      [FILE_UPLOADS_ENVIRONMENT.quarantineBucket]: quarantine.bucket.bucketName,
      [FILE_UPLOADS_ENVIRONMENT.releasedBucket]: released.bucket.bucketName,
      [FILE_UPLOADS_ENVIRONMENT.types]: fileTypesText(Object.fromEntries(props.types.map(({ mediaType, limit }) => [mediaType, limit.toBytes()]))),
      [FILE_UPLOADS_ENVIRONMENT.service]: service,
    };
    const release = new FileRelease(this, 'Release', { vpc, key, service, environment: names, quarantine: quarantine.bucket, released: released.bucket, planArn: scanner.planArn });
    quarantine.reserve(scanner.role, release.role);
    released.reserve(release.role);
    scanner.scanAfter(quarantine.policy);
    new FileAlarms(this, 'Alarms', { service, failures: release.failures, topic: props.alarmTopic });
    this.quarantineBucket = quarantine.bucket;
    this.releasedBucket = released.bucket;
    this.release = release.function;
    this.variables = names;
    this.props = props;
  }

  /**
   * Lets a service sign uploads and downloads, and tells it where, where it is a function of the same app.
   *
   * What a role may not do itself its signature does not allow anybody: forms into quarantine, and links to released files.
   */
  public grantUse(user: IGrantable): void {
    const { service, environment: { key } } = this.props;
    if (user instanceof Function) for (const [name, value] of Object.entries(this.variables)) user.addEnvironment(name, value);
    const statements = [
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.quarantineBucket.arnForObjects(`${service}/*`)] }),
      new PolicyStatement({ actions: ['s3:GetObject', 's3:DeleteObject'], resources: [this.releasedBucket.arnForObjects(`${service}/*`)] }),
      keyUse(this, key),
    ];
    for (const statement of statements) {
      const { policyDependable } = user.grantPrincipal.addToPrincipalPolicy(statement);
      if (Construct.isConstruct(policyDependable)) this.explain(policyDependable);
    }
  }

  private explain(policy: IConstruct): void {
    const { service } = this.props;
    acknowledge(policy, Object.fromEntries([this.quarantineBucket, this.releasedBucket].map((bucket) => [
      `AwsSolutions-IAM5[Resource::<${bucketLogicalId(bucket)}.Arn>/${service}/*]`,
      'The files have names of their own, which only running produces; the service signs forms and links for any of them, and for nothing outside its own part of these two buckets.',
    ])));
  }
}

function checkTypes(types: readonly FileType[]): void {
  const names = types.map(({ mediaType }) => mediaType);
  demand('FILE_TYPES', names.length > 0, () => 'types: []');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  demand('FILE_TYPES', twice === undefined, () => `${twice} twice`, 'the larger one');
}

function days(retention: Duration): Duration {
  const count = retention.toDays({ integral: false });
  demand('FILE_RETENTION', Number.isInteger(count) && count >= 1, () => retention.toHumanString());
  return retention;
}

import { Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { FILE_MEDIA_TYPES } from '../contract/file-uploads';
import { demand } from '../private/refusal';

const DEFAULT_LIMIT = Size.mebibytes(10);
/** What the release, which reads a file as a whole, has memory for. */
const LARGEST_BYTES = 50 * 1024 * 1024;

/**
 * A type of file that callers may upload, with its largest size.
 *
 * There are those whose content can be checked from the first byte to the last. Archives and office documents are not among
 * them: what they carry within would reach its reader unchecked.
 */
export class FileType {
  /** PDF up to 10 MiB, without scripts, attachments, forms that send or run, and encryption. */
  public static readonly PDF = new FileType(FILE_MEDIA_TYPES[0], DEFAULT_LIMIT);
  /** PNG images up to 10 MiB, each chunk intact. */
  public static readonly PNG = new FileType(FILE_MEDIA_TYPES[1], DEFAULT_LIMIT);
  /** JPEG images up to 10 MiB. */
  public static readonly JPEG = new FileType(FILE_MEDIA_TYPES[2], DEFAULT_LIMIT);
  /** Comma-separated values (RFC 4180) in UTF-8 up to 10 MiB, without formulas. */
  public static readonly CSV = new FileType(FILE_MEDIA_TYPES[3], DEFAULT_LIMIT);

  private constructor(
    /** Media type that an upload is bound to: `application/pdf`. */
    public readonly mediaType: string,
    /** Largest file of this type. */
    public readonly limit: Size,
  ) {}

  /** The same type up to another size, 1 byte to 50 MiB. */
  public upTo(limit: Size): FileType {
    const bytes = limit.toBytes({ rounding: SizeRoundingBehavior.NONE });
    demand('FILE_SIZE', Number.isInteger(bytes) && bytes >= 1 && bytes <= LARGEST_BYTES, () => `${bytes} bytes for ${this.mediaType}`);
    return new FileType(this.mediaType, limit);
  }
}

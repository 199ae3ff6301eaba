import { demand } from '../../private/refusal';
import { Scopes } from '../scopes';
import { OpenApiDocument } from './document';
import { Node, entriesOf, isNode, nodesOf, stringsOf } from './node';
import { pointerOf } from './pointer';
import { References } from './references';

/** What an operation's security requirements come to at a gateway that accepts access tokens only. */
export interface ImportedSecurity {
  /** Undefined when the service's own scopes apply. */
  readonly scopes?: Scopes;
  readonly notEnforced: string[];
}

/** Types of security scheme whose requirements list OAuth scopes. */
const OAUTH = ['oauth2', 'openIdConnect'];

const OPEN = 'security: the document declares it open; the gateway asks for an access token with the scopes of the API service instead';

/** The security schemes of a document. */
export class SecuritySchemes {
  private readonly schemes: ReadonlyMap<string, Node>;
  private readonly known = new Map<unknown, ImportedSecurity>();

  public constructor(private readonly document: OpenApiDocument, references: References, private readonly defaults: Scopes | undefined) {
    const { components } = document.root;
    const declared = entriesOf(isNode(components) ? components.securitySchemes : undefined);
    this.schemes = new Map(declared.map(([name, scheme]) => [name, references.resolve(scheme)]));
    for (const [name, scheme] of this.schemes) {
      demand('API_KEY_IN_QUERY', scheme.type !== 'apiKey' || scheme.in !== 'query', () => `${document.file}#${pointerOf(['components', 'securitySchemes', name])}: in: query`);
    }
  }

  /** Every scope that an operation may ask for; undefined when the document does not list them. */
  public get vocabulary(): string[] | undefined {
    const schemes = [...this.schemes.values()];
    const oauth2 = schemes.filter(({ type }) => type === 'oauth2');
    if (oauth2.length === 0 || schemes.some(({ type }) => type === 'openIdConnect')) return undefined;
    const scopes = oauth2.flatMap(({ flows }) => entriesOf(flows)).flatMap(([, flow]) => Object.keys(flow.scopes ?? {}));
    return [...new Set([...scopes, ...(this.defaults?.names ?? [])])].sort();
  }

  /** What security requirements ask for: a list of alternatives, each a set of schemes that apply together. */
  public import(requirements: unknown, path: readonly string[]): ImportedSecurity {
    let imported = this.known.get(requirements);
    if (imported === undefined) this.known.set(requirements, (imported = this.importNew(nodesOf(requirements), path)));
    return imported;
  }

  private importNew(requirements: readonly Node[], path: readonly string[]): ImportedSecurity {
    if (requirements.every((requirement) => Object.keys(requirement).length === 0)) return { notEnforced: [OPEN] };
    const notes = new Set<string>();
    const alternatives = requirements.flatMap((requirement, index) => {
      this.checkDeclared(requirement, [...path, index]);
      return this.alternativesOf(requirement, notes);
    });
    return { scopes: alternatives.length > 0 ? Scopes.anyOfAll(...alternatives) : undefined, notEnforced: [...notes] };
  }

  private alternativesOf(requirement: Node, notes: Set<string>): string[][] {
    const names = Object.keys(requirement);
    const oauth = names.filter((name) => OAUTH.includes(String(this.schemes.get(name)?.type)));
    const other = names.filter((name) => !oauth.includes(name)).map((name) => this.words(name)).join(' and ');
    if (oauth.length === 0) {
      notes.add(`security: the document accepts ${other || 'callers without credentials'}; the gateway asks for an access token instead`);
      return [];
    }
    if (other !== '') notes.add(`security: ${other} is asked for beside the access token and is not checked`);
    const scopes = [...new Set(oauth.flatMap((name) => stringsOf(requirement[name])))];
    if (scopes.length > 0) return [scopes];
    notes.add('security: the document asks for an access token without scopes; the gateway asks for the scopes of the API service');
    return this.defaults?.alternatives ?? [];
  }

  private checkDeclared(requirement: Node, path: readonly (string | number)[]): void {
    const undeclared = Object.keys(requirement).find((name) => !this.schemes.has(name));
    demand('OPENAPI_INVALID', undeclared === undefined, () => `${this.document.file}#${pointerOf(path)}: must name a declared security scheme, not '${undeclared}'`);
  }

  private words(name: string): string {
    const { type, scheme } = this.schemes.get(name)!;
    return `${type === 'http' ? `http ${scheme}` : type} '${name}'`;
  }
}

import { formatMessage, type Params } from '~/i18n/format-message';
import { type Language, languageOf } from '~/i18n/languages';

type Texts = Record<string, string>;

/** One fault of one field, as the server names it. */
export type FieldProblem = {
  /** JSON pointer into the request body, such as "/team/name", or the name of a parameter. */
  pointer: string;
  code: string;
  params?: Record<string, unknown>;
};

/** The body of an RFC 9457 answer. */
export type ProblemBody = {
  title?: string;
  code?: string;
  params?: Record<string, unknown>;
  errors?: FieldProblem[];
  requestId?: string;
};

/** What a failed call throws: the problem, already in the visitor's language. */
export class ProblemError extends Error {
  override name = 'ProblemError';

  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** Stable, "module.reason". */
    readonly code: string,
    message: string,
    /** Messages by field: "/team/name" → "team.name". */
    readonly fields: Record<string, string>,
    readonly requestId: string | undefined,
    readonly params: Record<string, unknown>,
  ) {
    super(message);
  }
}

/** Turns an error answer into a ProblemError in the language of the page in front. */
export function problemOf(response: Response, body: unknown): Promise<ProblemError> {
  const problem = (body && typeof body === 'object' ? body : {}) as ProblemBody;
  const requestId = problem.requestId ?? response.headers.get('x-request-id') ?? undefined;
  return translated(response.status, problem.code ?? 'unknown', problem, requestId);
}

/** The problem of a request that never got an answer. */
export function networkProblem(): Promise<ProblemError> {
  return translated(0, 'network', {}, undefined);
}

async function translated(
  status: number,
  code: string,
  problem: ProblemBody,
  requestId: string | undefined,
): Promise<ProblemError> {
  const language = languageOf(location.pathname);
  const general = await textsOf('request', language);
  const own = code.includes('.') ? await textsOf(moduleOf(code), language) : general;
  const say = (texts: Texts, each: string, params: unknown, fallback?: string) =>
    formatMessage(texts[each] ?? fallback ?? general.unknown ?? each, (params ?? {}) as Params, language);

  const fields: Record<string, string> = {};
  for (const fault of problem.errors ?? []) {
    const name = fault.pointer.replace(/^#?\//, '').replaceAll('/', '.');
    if (name in fields) continue;
    const texts = await textsOf(fault.code.includes('.') ? moduleOf(fault.code) : 'field', language);
    fields[name] = say(texts, fault.code, fault.params, general['request.invalid']);
  }
  const message = say(own, code, problem.params, problem.title);
  return new ProblemError(status, code, message, fields, requestId, problem.params ?? {});
}

/** Fetches the general problem texts ahead of need. */
export function preloadProblems(): void {
  void textsOf('request', languageOf(location.pathname));
}

const moduleOf = (code: string) => code.slice(0, code.indexOf('.'));

// Offline the texts may not come either; the server's own title then stands in.
async function textsOf(module: string, language: Language): Promise<Texts> {
  try {
    const { load } = await import('./problem-texts');
    return await load(module, language);
  } catch {
    return {};
  }
}

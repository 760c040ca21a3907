/** An export as the server tells it (`Export` of its OpenAPI document), with what pages ask for most. */
export interface Export {
  readonly id: string;
  readonly dataset: string;
  readonly state: "queued" | "running" | "completed" | "failed" | "cancelled" | "expired";
  readonly progress: {
    readonly percent: number | null;
    readonly rowsWritten: number;
    readonly rowsTotal: number | null;
    readonly remainingSeconds: number | null;
    readonly [more: string]: unknown;
  };
  readonly file: { readonly name: string; readonly bytes: number; readonly sha256: string; readonly url: string } | null;
  readonly error: { readonly type: string; readonly detail: string } | null;
  readonly [more: string]: unknown;
}

/** A problem document (RFC 9457), or what stands for one: status 0 is a server that was not reached. */
export declare class Problem extends Error {
  constructor(status: number, document: { title?: string; detail?: string; type?: string });
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly errors: readonly { pointer: string; detail: string }[];
}

/** Headers of each request, or what gives or promises them; asked once more, with `refused`, after a `401`. */
export type Headers =
  | Record<string, string>
  | ((asked: { refused: boolean }) => Record<string, string> | Promise<Record<string, string>>);

/** A text with `{name}` for figures; one for each plural category where it counts something. */
export type Text = string | Partial<Record<Intl.LDMLPluralRule, string>>;

/** What the element takes, as attributes or as properties. */
export interface WindrowExportOptions {
  format?: string | null;
  parameters?: Record<string, unknown> | string | null;
  columns?: readonly string[] | string | null;
  options?: Record<string, unknown> | string | null;
  /** A file of the archive that is offered by itself, beside the archive; empty, or true, for the only one. */
  file?: string | boolean | null;
  server?: string | null;
  /** The id of an export that is shown, instead of a button that starts one. */
  export?: string | null;
  /** Fetches the file as soon as it is there, if this page saw the press. */
  autodownload?: boolean | null;
  /** Of what the export is, for who hears the name of a control alone. */
  label?: string | null;
  disabled?: boolean | null;
}

/** Events of the element; all bubble. */
export interface WindrowExportEvents {
  "windrow-started": CustomEvent<{ export: Export }>;
  "windrow-progress": CustomEvent<{ export: Export }>;
  "windrow-completed": CustomEvent<{ export: Export }>;
  "windrow-failed": CustomEvent<{ export: Export }>;
  "windrow-cancelled": CustomEvent<{ export: Export }>;
  "windrow-expired": CustomEvent<{ export: Export }>;
  "windrow-gone": CustomEvent<{ export: Export }>;
  "windrow-problem": CustomEvent<{ problem: Problem }>;
}

export interface WindrowExportElement extends HTMLElement {
  format: string | null;
  fileName: string | null;
  get file(): string | null;
  set file(value: string | boolean | null | undefined);
  server: string | null;
  export: string | null;
  autodownload: boolean;
  label: string | null;
  disabled: boolean;
  get parameters(): Record<string, unknown> | null;
  set parameters(value: Record<string, unknown> | string | null | undefined);
  get columns(): string[] | null;
  set columns(value: readonly string[] | string | null | undefined);
  get options(): Record<string, unknown> | null;
  set options(value: Record<string, unknown> | string | null | undefined);
  headers: Headers | null;
  texts: Record<string, Text> | null;
  /** The export that is shown; null before a press. Who has one already may give it. */
  current: Export | null;
  start(): Promise<void>;
  cancel(): Promise<void>;
  retry(): Promise<void>;
  /** @param entry a file of the archive, in place of the archive */
  download(entry?: string | null): Promise<void>;
  addEventListener<K extends keyof WindrowExportEvents>(
    type: K,
    listener: (this: WindrowExportElement, event: WindrowExportEvents[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** What is said for all elements of a page. */
export interface WindrowExportClass {
  new (): WindrowExportElement;
  /** The server of elements that name none. Where a bundler has put the file into another, it must be said. */
  server: string | null;
  /** For that server alone. */
  headers: Headers | null;
  /** For all elements whose server is at this address's origin; null takes them back. */
  headersFor(address: string, headers: Headers | null): void;
  texts: Record<string, Text>;
  Problem: typeof Problem;
}

/** Undefined where there is no browser, as on a server that renders pages. */
export declare const WindrowExport: WindrowExportClass | undefined;

declare global {
  interface HTMLElementTagNameMap {
    "windrow-export": WindrowExportElement;
  }
}

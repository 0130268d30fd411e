import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/snippet/register';
// The list of suggestions itself; `features/suggest` in 0.57 only brings its inline form.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/html/register';
import 'monaco-editor/languages/definitions/yaml/register';
// oxlint-disable-next-line import/default -- Vite makes the export of a `?worker` import
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import type { Diagnosis } from '../../lab/messages.ts';
import type { ColorScheme } from '../session/lab-session.ts';
import type { Language } from '../words/catalog.ts';
import { keyAt } from './compose/keys.ts';
import { wordAt } from './compose/place.ts';
import { suggest } from './compose/suggest.ts';
import type { Surface, SurfaceEvents } from './surface.ts';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

/** In which language suggestions and explanations come; there is one page, so one setting. */
let language: Language = 'en';

const { CompletionItemKind, CompletionItemInsertTextRule } = monaco.languages;
const KINDS = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  name: CompletionItemKind.Reference,
} as const;

monaco.languages.registerCompletionItemProvider('yaml', {
  triggerCharacters: [' ', ':', '-'],
  provideCompletionItems(model, { lineNumber, column }) {
    const { from, suggestions } = suggest(model.getValue(), lineNumber - 1, column - 1, language);
    const range = new monaco.Range(lineNumber, from + 1, lineNumber, column);
    return {
      suggestions: suggestions.map(({ label, insert, meaning, kind }, i) => ({
        label,
        insertText: insert,
        insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet,
        documentation: meaning,
        kind: KINDS[kind],
        sortText: String(i).padStart(3, '0'),
        range,
        // A key that opens a list or a map is at once asked what may stand there.
        ...(kind === 'key' && { command: { id: 'editor.action.triggerSuggest', title: '' } }),
      })),
    };
  },
});

monaco.languages.registerHoverProvider('yaml', {
  provideHover(model, { lineNumber, column }) {
    const word = wordAt(model.getValue(), lineNumber - 1, column - 1);
    const key = word && keyAt(word.path);
    if (!word || !key) return null;
    return {
      range: new monaco.Range(lineNumber, word.from + 1, lineNumber, word.to + 1),
      contents: [{ value: `**${word.path.at(-1)}**` }, { value: key.meaning[language] }],
    };
  },
});

/** The page's own colours; Monaco wants them as numbers. */
function defineThemes(): void {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const dark = document.documentElement.dataset['scheme'] === 'dark';
  monaco.editor.defineTheme('bridgewalk', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'type.yaml', foreground: color('--accent').slice(1) },
      { token: 'comment', foreground: color('--quiet').slice(1) },
      { token: 'string', foreground: color('--packet-http-text').slice(1) },
      { token: 'number', foreground: color('--packet-icmp-text').slice(1) },
      { token: 'keyword', foreground: color('--packet-icmp-text').slice(1) },
    ],
    colors: {
      'editor.background': color('--card'),
      'editor.foreground': color('--ink'),
      'editorLineNumber.foreground': color('--quiet'),
      'editor.lineHighlightBackground': color('--sunk'),
      'editorWidget.background': color('--raised'),
      'editorWidget.border': color('--line'),
      'editorError.foreground': color('--danger'),
      'editorWarning.foreground': color('--warn'),
      'editorSuggestWidget.selectedBackground': color('--accent-soft'),
      'editorSuggestWidget.selectedForeground': color('--ink'),
      'editorSuggestWidget.selectedIconForeground': color('--ink'),
      'editorSuggestWidget.highlightForeground': color('--accent'),
      'editorSuggestWidget.focusHighlightForeground': color('--accent'),
      focusBorder: color('--focus'),
    },
  });
}

/** Monaco over the files that lie open, one model for each. */
export class MonacoSurface implements Surface {
  private readonly editor: monaco.editor.IStandaloneCodeEditor;
  private readonly states = new Map<string, monaco.editor.ICodeEditorViewState | null>();
  private path = '';
  /** The text is set by us, not typed. */
  private setting = false;

  constructor(parent: HTMLElement, events: SurfaceEvents) {
    defineThemes();
    this.editor = monaco.editor.create(parent, {
      model: null,
      theme: 'bridgewalk',
      automaticLayout: true,
      editContext: false,
      fixedOverflowWidgets: true,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      fontSize: 13,
      lineNumbersMinChars: 3,
      minimap: { enabled: false },
      padding: { top: 8, bottom: 8 },
      quickSuggestions: { other: true, comments: false, strings: true },
      renderLineHighlight: 'line',
      scrollBeyondLastLine: false,
      scrollbar: { alwaysConsumeMouseWheel: false },
      suggestLineHeight: 24,
      tabSize: 2,
      wordBasedSuggestions: 'off',
      wordWrap: 'off',
    });
    this.editor.onDidChangeModelContent(() => {
      if (!this.setting) events.onInput(this.path, this.editor.getValue());
    });
    this.letEscapeLead();
    this.editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, events.onSave);
  }

  /** Escape and then Tab leaves, as in the terminal: otherwise Tab indents, and the keyboard would be caught here. */
  private letEscapeLead(): void {
    const { Escape, Tab, Shift } = monaco.KeyCode;
    this.editor.onKeyDown(({ keyCode }) => {
      if (keyCode === Escape) this.editor.updateOptions({ tabFocusMode: true });
      else if (keyCode !== Tab && keyCode !== Shift) this.editor.updateOptions({ tabFocusMode: false });
    });
    this.editor.onDidBlurEditorText(() => this.editor.updateOptions({ tabFocusMode: false }));
  }

  show(path: string, text: string, label: string): void {
    if (path !== this.path) {
      this.states.set(this.path, this.editor.saveViewState());
      this.path = path;
      this.setting = true;
      this.editor.setModel(modelOf(path, text));
      this.setting = false;
      const state = this.states.get(path);
      if (state) this.editor.restoreViewState(state);
    }
    this.editor.updateOptions({ ariaLabel: label });
    const model = this.editor.getModel();
    if (!model || model.getValue() === text) return;
    this.setting = true;
    // Through an edit, so that the change can be undone.
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    this.setting = false;
  }

  mark(diagnoses: readonly Diagnosis[]): void {
    const model = this.editor.getModel();
    if (!model) return;
    const markers = diagnoses.map(({ from, to, severity, message, face }) => {
      const [start, end] = [model.getPositionAt(from), model.getPositionAt(Math.max(to, from + 1))];
      return {
        severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
        message,
        source: face,
        startLineNumber: start.lineNumber,
        startColumn: start.column,
        endLineNumber: end.lineNumber,
        endColumn: end.column,
      };
    });
    monaco.editor.setModelMarkers(model, 'compose', markers);
  }

  reveal(line: number): void {
    this.editor.revealLineInCenterIfOutsideViewport(line);
    this.editor.setPosition({ lineNumber: line, column: 1 });
    this.editor.focus();
  }

  focus(): void {
    this.editor.focus();
  }

  dress({ language: now }: { readonly scheme: ColorScheme; readonly language: Language }): void {
    language = now;
    defineThemes();
    monaco.editor.setTheme('bridgewalk');
  }

  dispose(): void {
    this.editor.dispose();
  }
}

function modelOf(path: string, text: string): monaco.editor.ITextModel {
  const uri = monaco.Uri.file(path);
  return monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, languageOf(path), uri);
}

const languageOf = (path: string): string =>
  /\.ya?ml$/.test(path) ? 'yaml' : /\.html?$/.test(path) ? 'html' : 'plaintext';

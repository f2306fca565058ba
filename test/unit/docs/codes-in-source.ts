import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const project = fileURLToPath(new URL("../../../", import.meta.url));

export interface CodesInSource {
  /** Each code with the files that give it. */
  readonly codes: ReadonlyMap<string, ReadonlySet<string>>;
  /** Files in which a code is made of something that is no literal. */
  readonly open: ReadonlySet<string>;
}

/** A function with a parameter `code`, where in its parameters. */
type Takers = ReadonlyMap<string, number>;

/**
 * Every code that the sources of some folders give: the literals that become a property `code`, directly, by a parameter of
 * this name, by a constant, by what a function returns, or by a tuple type whose first element has this name. Read from the
 * syntax alone, as types of all files take a compiler's time.
 */
export function codesInSource(...folders: readonly string[]): CodesInSource {
  const paths = folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: project })).sort();
  const files = new Map(paths.map((path) => [path, parsed(path)]));
  const takers = new Map([...files].map(([path, file]) => [path, takersOf(file)]));
  const codes = new Map<string, Set<string>>();
  const open = new Set<string>();
  for (const [path, file] of files) {
    const reader = new CodeReader(path, file, takers, files);
    for (const code of reader.codes) codes.set(code, (codes.get(code) ?? new Set()).add(path));
    if (reader.open) open.add(path);
  }
  return { codes, open };
}

function parsed(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(join(project, path), "utf8"), ts.ScriptTarget.Latest, true);
}

function takersOf(file: ts.SourceFile): Takers {
  const found = new Map<string, number>();
  each(file, (node) => {
    const name = nameOfFunction(node);
    if (name === null || !ts.isFunctionLike(node)) return;
    const index = node.parameters.findIndex((parameter) => parameter.name.getText() === "code");
    if (index >= 0) found.set(name, index);
  });
  return found;
}

function nameOfFunction(node: ts.Node): string | null {
  if (ts.isFunctionDeclaration(node)) return node.name?.text ?? null;
  const isLambda = ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  return isLambda && ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : null;
}

function each(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => each(child, look));
}

/** Reads one file. */
class CodeReader {
  readonly codes = new Set<string>();
  open = false;
  readonly #path: string;
  readonly #file: ts.SourceFile;
  readonly #takers: ReadonlyMap<string, Takers>;
  readonly #files: ReadonlyMap<string, ts.SourceFile>;

  constructor(
    path: string,
    file: ts.SourceFile,
    takers: ReadonlyMap<string, Takers>,
    files: ReadonlyMap<string, ts.SourceFile>,
  ) {
    this.#path = path;
    this.#file = file;
    this.#takers = takers;
    this.#files = files;
    each(file, (node) => this.#look(node));
  }

  #look(node: ts.Node): void {
    if (ts.isPropertyAssignment(node) && node.name.getText() === "code") this.#take(node.initializer);
    if (ts.isShorthandPropertyAssignment(node) && node.name.text === "code") this.#take(node.name);
    if (ts.isParameter(node) && node.name.getText() === "code" && node.initializer) this.#take(node.initializer);
    if (ts.isNamedTupleMember(node) && node.name.text === "code") this.#takeTuples(node);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const index = this.#indexOfCode(node.expression.text);
      const given = index === null ? undefined : node.arguments[index];
      if (given !== undefined) this.#take(given);
    }
  }

  /** Where the function of this name, declared here or imported, takes a code. */
  #indexOfCode(name: string): number | null {
    const own = this.#takers.get(this.#path)?.get(name);
    const from = own === undefined ? this.#importedFrom(name) : null;
    return own ?? (from === null ? undefined : this.#takers.get(from)?.get(name)) ?? null;
  }

  #importedFrom(name: string): string | null {
    for (const statement of this.#file.statements) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      const bindings = statement.importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
      if (!bindings.elements.some((element) => element.name.text === name)) continue;
      const path = resolve("/", dirname(this.#path), statement.moduleSpecifier.text).slice(1);
      return this.#files.has(path) ? path : null;
    }
    return null;
  }

  #take(expression: ts.Expression): void {
    if (ts.isStringLiteral(expression) || ts.isNoSubstitutionTemplateLiteral(expression))
      this.codes.add(expression.text);
    else if (ts.isConditionalExpression(expression)) {
      this.#take(expression.whenTrue);
      this.#take(expression.whenFalse);
    } else if (ts.isBinaryExpression(expression)) {
      this.#take(expression.left);
      this.#take(expression.right);
    } else if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression)) {
      this.#take(expression.expression);
    } else if (ts.isCallExpression(expression)) this.#takeReturned(expression.expression.getText());
    else if (ts.isElementAccessExpression(expression)) this.#takeTable(expression);
    else if (ts.isIdentifier(expression)) this.#takeNamed(expression);
    else if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== "code") this.open = true;
  }

  /** What a function of this file returns. */
  #takeReturned(name: string): void {
    let isHere = false;
    each(this.#file, (node) => {
      if (nameOfFunction(node) !== name || !ts.isFunctionLike(node)) return;
      isHere = true;
      each(node, (inner) => {
        if (ts.isReturnStatement(inner) && inner.expression) this.#take(inner.expression);
      });
    });
    if (!isHere) this.open = true;
  }

  /** Every text of the constant in which is looked up. */
  #takeTable(access: ts.ElementAccessExpression): void {
    let table: ts.Expression = access;
    while (ts.isElementAccessExpression(table)) table = table.expression;
    const declared = ts.isIdentifier(table) ? this.#constant(table.text, table) : null;
    if (declared === null) this.open = true;
    else
      each(declared, (node) => {
        const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
        if (ts.isStringLiteral(node) && !isName) this.codes.add(node.text);
      });
  }

  /** A parameter `code` is taken where the function is called, a destructured one where it is given. */
  #takeNamed(identifier: ts.Identifier): void {
    for (let scope: ts.Node = identifier; scope !== this.#file; scope = scope.parent) {
      if (!ts.isFunctionLike(scope)) continue;
      if (scope.parameters.some((parameter) => namesIn(parameter.name).includes(identifier.text))) return;
    }
    const constant = this.#constant(identifier.text, identifier);
    if (constant === null) this.open = true;
    else this.#take(constant);
  }

  /** What the nearest constant of this name is made of. */
  #constant(name: string, from: ts.Node): ts.Expression | null {
    for (let scope = from.parent; scope !== undefined; scope = scope.parent) {
      if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
      const declared = scope.statements
        .filter(ts.isVariableStatement)
        .flatMap(({ declarationList }) => declarationList.declarations)
        .find((one) => namesIn(one.name).includes(name));
      if (declared !== undefined) return ts.isIdentifier(declared.name) ? (declared.initializer ?? null) : null;
    }
    return null;
  }

  /** The tuples of a type that begins with a code: lists of texts of its length. */
  #takeTuples(member: ts.NamedTupleMember): void {
    if (!ts.isTupleTypeNode(member.parent)) return;
    const { length } = member.parent.elements;
    each(this.#file, (node) => {
      if (!ts.isArrayLiteralExpression(node) || node.elements.length !== length) return;
      const [first] = node.elements;
      if (first !== undefined && ts.isStringLiteral(first)) this.codes.add(first.text);
    });
  }
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesIn(element.name) : []));
}

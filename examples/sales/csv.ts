/** A row as it stands in a file, every cell a text. */
export interface Raw {
  readonly shop: string;
  readonly line: number;
  readonly date: string;
  readonly item: string;
  readonly count: string;
  readonly price: string;
  readonly currency: string;
}

/** A file as it was read. */
export interface Sheet {
  readonly shop: string;
  readonly text: string;
}

/** The rows below the first, which names the columns. Cells in quotes may hold the separator. */
export function rowsOf({ shop, text }: Sheet, separator: string): Raw[] {
  const [head = '', ...lines] = text.split(/\r?\n/);
  const columns = cellsOf(head, separator);
  return lines.map((line, i) => {
    const cells = cellsOf(line, separator);
    const cell = (column: string): string => cells[columns.indexOf(column)] ?? '';
    return {
      shop,
      line: i + 2,
      date: cell('date'),
      item: cell('item'),
      count: cell('count'),
      price: cell('price'),
      currency: cell('currency'),
    };
  });
}

function cellsOf(line: string, separator: string): string[] {
  const cells =
    line.match(new RegExp(`(?:"[^"]*"|[^"${separator}])+|(?<=${separator}|^)(?=${separator}|$)`, 'g')) ?? [];
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

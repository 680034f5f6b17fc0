import type { Json } from '../../json.ts';

/** Where a path starts: the state's input, the context object, a variable, or a filter's item. */
export type PathRoot =
  | { readonly kind: 'input' }
  | { readonly kind: 'context' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'item' };

export type PathStep =
  | { readonly kind: 'properties'; readonly names: readonly string[] }
  | { readonly kind: 'indices'; readonly indices: readonly number[] }
  | {
      readonly kind: 'slice';
      readonly from: number | undefined;
      readonly to: number | undefined;
    }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'filter'; readonly text: string; readonly condition: FilterNode }
  /** `..`: the following step is tried on this value and on everything below it. */
  | { readonly kind: 'scan' }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly FilterOperand[] };

export interface PathAst {
  readonly text: string;
  readonly root: PathRoot;
  readonly steps: readonly PathStep[];
  /** No step can match more than one value. */
  readonly definite: boolean;
}

export type FilterOperand =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string }
  | { readonly kind: 'path'; readonly path: PathAst };

export type FilterNode =
  | { readonly kind: 'and'; readonly terms: readonly FilterNode[] }
  | { readonly kind: 'or'; readonly terms: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly term: FilterNode }
  | { readonly kind: 'exists'; readonly path: PathAst }
  | {
      readonly kind: 'compare';
      readonly operator: FilterOperator;
      readonly left: FilterOperand;
      readonly right: FilterOperand;
    };

export const filterOperators = [
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  '=~',
  'in',
  'nin',
  'subsetof',
  'anyof',
  'noneof',
  'contains',
  'size',
  'empty',
] as const;

export type FilterOperator = (typeof filterOperators)[number];

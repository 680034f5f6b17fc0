export { isIntrinsic, parseIntrinsic } from './intrinsics.ts';
export type { IntrinsicArgument, IntrinsicCall } from './intrinsics/parse.ts';
export type { JsonataNode } from './jsonata/ast.ts';
export { visitNodes } from './jsonata/ast.ts';
export { jsonataDepth, maxJsonataDepth } from './jsonata/depth.ts';
export { expressionIn, parseJsonata } from './jsonata/parse.ts';
export type { PathAst, PathStep } from './jsonpath/ast.ts';
export { parsePath } from './jsonpath/parse.ts';
export { ExpressionSyntaxError } from './syntax-error.ts';

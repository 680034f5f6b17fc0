/** What `{ "Ref": "AWS::NoValue" }` gives: the property or item that holds it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

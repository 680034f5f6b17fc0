/**
 * Every function of JSONata 2.0.6 that Step Functions has, `$eval` not among them, and those that
 * it adds, by name without `$`
 * (https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html).
 */
export const functionNames: ReadonlySet<string> = new Set(
  `sum count max min average string substring substringBefore substringAfter lowercase uppercase
  length trim pad match contains replace split join formatNumber formatBase formatInteger
  parseInteger number floor ceil round abs sqrt power random boolean not map zip filter single
  reduce sift keys lookup append exists spread merge reverse each error assert type sort shuffle
  distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl
  toMillis fromMillis clone now millis partition range hash uuid parse`.split(/\s+/),
);

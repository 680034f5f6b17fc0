import { Option } from 'commander';

/** `--substitutions <NAME=VALUE…|FILE>`, of a file with a definition. */
export function substitutionsOption(): Option {
  return new Option(
    '--substitutions <values...>',
    'NAME=VALUE for each ${NAME} of a definition, or a JSON file of them',
  );
}

/** `--type <type>`, of a file with a definition. */
export function typeOption(): Option {
  return new Option('--type <type>', 'the kind of workflow that a definition is for').choices([
    'STANDARD',
    'EXPRESS',
  ]);
}

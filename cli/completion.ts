import { Argument, Command } from 'commander';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** Writes a script for the shell, made from the commands that there are: a Tab then needs no start of this program. */
export function completionCommand(program: Command): Command {
  return new Command('completion')
    .description('Write the script with which a shell completes this program’s commands and options.')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action((shell: Shell) => {
      const words = wordsOf(program);
      process.stdout.write(shell === 'fish' ? fishScript(words) : bashScript(words, shell));
    });
}

interface Words {
  /** "agent new-identity"; the program itself is "". */
  command: string;
  next: { word: string; says: string }[];
}

function wordsOf(command: Command, path: readonly string[] = []): Words[] {
  const { commands } = command;
  const next = [
    ...commands.map((one) => ({ word: one.name(), says: one.description() })),
    ...command.registeredArguments.flatMap((one) => (one.argChoices ?? []).map((word) => ({ word, says: '' }))),
    ...command.options.map((one) => ({ word: one.long ?? one.flags, says: one.description })),
    { word: '--help', says: 'explain the command' },
  ];
  return [{ command: path.join(' '), next }, ...commands.flatMap((one) => wordsOf(one, [...path, one.name()]))];
}

/** bash, and zsh in bash's way. What is neither a command nor an option is completed as a file. */
function bashScript(words: Words[], shell: 'bash' | 'zsh'): string {
  const cases = words.map(({ command, next }) => `    '${command}') words='${next.map((n) => n.word).join(' ')}' ;;`);
  const commands = words.filter(({ command }) => command).map(({ command }) => `'${command}'`);
  return `${shell === 'zsh' ? 'autoload -U +X bashcompinit && bashcompinit\n' : ''}_datestone() {
  local command='' word words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${command:+$command }$word" in
      ${commands.join(' | ')}) command="\${command:+$command }$word" ;;
    esac
  done
  case "$command" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _datestone datestone
`;
}

function fishScript(words: Words[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", '’')}'`;
  return words
    .flatMap(({ command, next }) => {
      const [last = ''] = command.split(' ').slice(-1);
      const when = quoted(command ? `__fish_seen_subcommand_from ${last}` : '__fish_use_subcommand');
      return next.map(({ word, says }) => {
        const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
        return `complete -c datestone -n ${when} ${what}${says && ` -d ${quoted(says)}`}\n`;
      });
    })
    .join('');
}

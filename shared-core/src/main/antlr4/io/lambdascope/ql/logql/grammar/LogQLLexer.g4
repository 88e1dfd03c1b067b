/// The words of LogQL as of Loki 3.8. Names of functions are plain identifiers: whether one is meant follows from the
/// bracket behind it. Whatever no rule knows becomes UNEXPECTED, so that the parser meets every fault in the order of
/// the text.
lexer grammar LogQLLexer;

COMMENT: '#' ~[\r\n]* -> skip;
SPACE: [ \t\r\n]+ -> skip;

LEFT_PAREN: '(';
RIGHT_PAREN: ')';
LEFT_BRACE: '{';
RIGHT_BRACE: '}';
COMMA: ',';
PIPE_EXACT: '|=';
PIPE_MATCH: '|~';
PIPE_PATTERN: '|>';
NOT_PATTERN: '!>';
PIPE: '|';
ADD: '+';
SUB: '-';
MUL: '*';
DIV: '/';
MOD: '%';
POW: '^';
EQLC: '==';
EQL_REGEX: '=~';
EQL: '=';
NEQ_REGEX: '!~';
NEQ: '!=';
LTE: '<=';
LSS: '<';
GTE: '>=';
GTR: '>';

STRICT: '--strict';
KEEP_EMPTY: '--keep-empty';

AND options { caseInsensitive = true; }: 'and';
OR options { caseInsensitive = true; }: 'or';
UNLESS options { caseInsensitive = true; }: 'unless';
BY options { caseInsensitive = true; }: 'by';
WITHOUT options { caseInsensitive = true; }: 'without';
ON options { caseInsensitive = true; }: 'on';
IGNORING options { caseInsensitive = true; }: 'ignoring';
GROUP_LEFT options { caseInsensitive = true; }: 'group_left';
GROUP_RIGHT options { caseInsensitive = true; }: 'group_right';
BOOL options { caseInsensitive = true; }: 'bool';
OFFSET options { caseInsensitive = true; }: 'offset';
JSON options { caseInsensitive = true; }: 'json';
LOGFMT options { caseInsensitive = true; }: 'logfmt';
REGEXP options { caseInsensitive = true; }: 'regexp';
PATTERN options { caseInsensitive = true; }: 'pattern';
UNPACK options { caseInsensitive = true; }: 'unpack';
UNWRAP options { caseInsensitive = true; }: 'unwrap';
LINE_FORMAT options { caseInsensitive = true; }: 'line_format';
LABEL_FORMAT options { caseInsensitive = true; }: 'label_format';
DECOLORIZE options { caseInsensitive = true; }: 'decolorize';
DROP options { caseInsensitive = true; }: 'drop';
KEEP options { caseInsensitive = true; }: 'keep';

/// What stands between the brackets is one length of time, without any space.
RANGE: '[' ~[\]]* ']';

NUMBER
    : DIGITS ('.' DIGITS?)? EXPONENT?
    | '.' DIGITS EXPONENT?
    ;
/// A number with units: a length of time, or a size. Longer than a number, and than anything else that begins so.
MEASURE: '.'? [0-9] [0-9a-zA-Zµμ.]*;

STRING: '"' ('\\' . | ~["\\\n])* '"';
RAW_STRING: '`' ~[`]* '`';

IDENTIFIER: [\p{L}_] [\p{L}\p{Nd}_]*;
UNEXPECTED: .;

fragment DIGITS: [0-9]+;
fragment EXPONENT: [eE] [+-]? [0-9]+;

/// The words of PromQL as of Prometheus 3.14. Inside braces keywords are plain names; inside brackets a colon is a
/// separator and never part of a name. Whatever no rule knows becomes UNEXPECTED, so that the parser meets every
/// fault in the order of the text.
lexer grammar PromQLLexer;

COMMENT: '#' ~[\r\n]* -> skip;
SPACE: [ \t\r\n]+ -> skip;

LEFT_PAREN: '(';
RIGHT_PAREN: ')';
LEFT_BRACE: '{' -> pushMode(BRACES);
LEFT_BRACKET: '[' -> pushMode(BRACKETS);
COMMA: ',';
ADD: '+';
SUB: '-';
MUL: '*';
DIV: '/';
MOD: '%';
POW: '^';
EQLC: '==';
EQL: '=';
NEQ: '!=';
LTE: '<=';
TRIM_UPPER: '</';
LSS: '<';
GTE: '>=';
TRIM_LOWER: '>/';
GTR: '>';
AT: '@';

AND options { caseInsensitive = true; }: 'and';
OR options { caseInsensitive = true; }: 'or';
UNLESS options { caseInsensitive = true; }: 'unless';
ATAN2 options { caseInsensitive = true; }: 'atan2';

SUM options { caseInsensitive = true; }: 'sum';
AVG options { caseInsensitive = true; }: 'avg';
MIN options { caseInsensitive = true; }: 'min';
MAX options { caseInsensitive = true; }: 'max';
COUNT options { caseInsensitive = true; }: 'count';
GROUP options { caseInsensitive = true; }: 'group';
STDDEV options { caseInsensitive = true; }: 'stddev';
STDVAR options { caseInsensitive = true; }: 'stdvar';
TOPK options { caseInsensitive = true; }: 'topk';
BOTTOMK options { caseInsensitive = true; }: 'bottomk';
QUANTILE options { caseInsensitive = true; }: 'quantile';
COUNT_VALUES options { caseInsensitive = true; }: 'count_values';
LIMITK options { caseInsensitive = true; }: 'limitk';
LIMIT_RATIO options { caseInsensitive = true; }: 'limit_ratio';

BY options { caseInsensitive = true; }: 'by';
WITHOUT options { caseInsensitive = true; }: 'without';
ON options { caseInsensitive = true; }: 'on';
IGNORING options { caseInsensitive = true; }: 'ignoring';
GROUP_LEFT options { caseInsensitive = true; }: 'group_left';
GROUP_RIGHT options { caseInsensitive = true; }: 'group_right';
FILL options { caseInsensitive = true; }: 'fill';
FILL_LEFT options { caseInsensitive = true; }: 'fill_left';
FILL_RIGHT options { caseInsensitive = true; }: 'fill_right';
BOOL options { caseInsensitive = true; }: 'bool';
OFFSET options { caseInsensitive = true; }: 'offset';
ANCHORED options { caseInsensitive = true; }: 'anchored';
SMOOTHED options { caseInsensitive = true; }: 'smoothed';
START options { caseInsensitive = true; }: 'start';
END options { caseInsensitive = true; }: 'end';
STEP options { caseInsensitive = true; }: 'step';
RANGE options { caseInsensitive = true; }: 'range';
MIN_OF options { caseInsensitive = true; }: 'min_of';
MAX_OF options { caseInsensitive = true; }: 'max_of';
SPECIAL_NUMBER options { caseInsensitive = true; }: ('inf' | 'nan') -> type(NUMBER);

NUMBER
    : '0' [xX] [0-9a-fA-F_]+
    | DIGITS ('.' DIGITS?)? EXPONENT?
    | '.' DIGITS EXPONENT?
    ;
DURATION: ([0-9]+ ('ms' | [smhdwy]))+;
/// Longer than a number that ends in the middle of a word; anything else of the same length is one of the above.
BAD_NUMBER: '.'? [0-9] [0-9a-zA-Z_.]*;

STRING
    : '"' ('\\' . | ~["\\\n])* '"'
    | '\'' ('\\' . | ~['\\\n])* '\''
    ;
RAW_STRING: '`' ~[`]* '`';
OPEN_STRING
    : '"' ('\\' . | ~["\\\n])*
    | '\'' ('\\' . | ~['\\\n])*
    ;
OPEN_RAW_STRING: '`' ~[`]*;

IDENTIFIER: [a-zA-Z_] [a-zA-Z0-9_]*;
METRIC_IDENTIFIER: [a-zA-Z_:] [a-zA-Z0-9_:]*;
UNEXPECTED: .;

fragment DIGITS: [0-9] [0-9_]*;
fragment EXPONENT: [eE] [+-]? [0-9] [0-9_]*;

mode BRACES;

BRACES_COMMENT: '#' ~[\r\n]* -> skip;
BRACES_SPACE: [ \t\r\n]+ -> skip;
RIGHT_BRACE: '}' -> popMode;
BRACES_COMMA: ',' -> type(COMMA);
EQL_REGEX: '=~';
NEQ_REGEX: '!~';
BRACES_EQL: '=' -> type(EQL);
BRACES_NEQ: '!=' -> type(NEQ);
BRACES_IDENTIFIER: [a-zA-Z_] [a-zA-Z0-9_]* -> type(IDENTIFIER);
BRACES_STRING
    : ('"' ('\\' . | ~["\\\n])* '"'
    | '\'' ('\\' . | ~['\\\n])* '\'') -> type(STRING)
    ;
BRACES_RAW_STRING: '`' ~[`]* '`' -> type(RAW_STRING);
BRACES_OPEN_STRING
    : ('"' ('\\' . | ~["\\\n])*
    | '\'' ('\\' . | ~['\\\n])*) -> type(OPEN_STRING)
    ;
BRACES_OPEN_RAW_STRING: '`' ~[`]* -> type(OPEN_RAW_STRING);
UNEXPECTED_IN_BRACES: .;

mode BRACKETS;

BRACKETS_COMMENT: '#' ~[\r\n]* -> skip;
BRACKETS_SPACE: [ \t\r\n]+ -> skip;
RIGHT_BRACKET: ']' -> popMode;
COLON: ':';
BRACKETS_LEFT_PAREN: '(' -> type(LEFT_PAREN);
BRACKETS_RIGHT_PAREN: ')' -> type(RIGHT_PAREN);
BRACKETS_COMMA: ',' -> type(COMMA);
BRACKETS_ADD: '+' -> type(ADD);
BRACKETS_SUB: '-' -> type(SUB);
BRACKETS_MUL: '*' -> type(MUL);
BRACKETS_DIV: '/' -> type(DIV);
BRACKETS_MOD: '%' -> type(MOD);
BRACKETS_POW: '^' -> type(POW);
BRACKETS_STEP options { caseInsensitive = true; }: 'step' -> type(STEP);
BRACKETS_RANGE options { caseInsensitive = true; }: 'range' -> type(RANGE);
BRACKETS_MIN_OF options { caseInsensitive = true; }: 'min_of' -> type(MIN_OF);
BRACKETS_MAX_OF options { caseInsensitive = true; }: 'max_of' -> type(MAX_OF);
BRACKETS_NUMBER
    : ('0' [xX] [0-9a-fA-F_]+
    | DIGITS ('.' DIGITS?)? EXPONENT?
    | '.' DIGITS EXPONENT?) -> type(NUMBER)
    ;
BRACKETS_DURATION: ([0-9]+ ('ms' | [smhdwy]))+ -> type(DURATION);
BRACKETS_BAD_NUMBER: '.'? [0-9] [0-9a-zA-Z_.]* -> type(BAD_NUMBER);
UNEXPECTED_IN_BRACKETS: .;

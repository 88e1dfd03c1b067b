/// LogQL as of Loki 3.8. What a grammar cannot say (which function takes what, regexes, templates) is checked on the
/// tree.
parser grammar LogQLParser;

options { tokenVocab = LogQLLexer; }

query: (logExpr | metricExpr) EOF;

justSelector: selector EOF;

logExpr
    : selector stage*
    | LEFT_PAREN logExpr RIGHT_PAREN
    ;

selector: LEFT_BRACE (matcher (COMMA matcher)*)? RIGHT_BRACE;

matcher: label op = (EQL | NEQ | EQL_REGEX | NEQ_REGEX) string;

stage
    : lineFilter                                                                   # lineFilterStage
    | PIPE JSON extractions?                                                       # jsonStage
    | PIPE LOGFMT flags += (STRICT | KEEP_EMPTY)* extractions?                     # logfmtStage
    | PIPE REGEXP string                                                           # regexpStage
    | PIPE PATTERN string                                                          # patternStage
    | PIPE UNPACK                                                                  # unpackStage
    | PIPE LINE_FORMAT string                                                      # lineFormatStage
    | PIPE LABEL_FORMAT assignment (COMMA assignment)*                             # labelFormatStage
    | PIPE DECOLORIZE                                                              # decolorizeStage
    | PIPE DROP labelPick (COMMA labelPick)*                                       # dropStage
    | PIPE KEEP labelPick (COMMA labelPick)*                                       # keepStage
    | PIPE labelFilter                                                             # labelFilterStage
    ;

lineFilter
    : op = (PIPE_EXACT | NEQ | PIPE_MATCH | NEQ_REGEX | PIPE_PATTERN | NOT_PATTERN) lineMatch (OR lineMatch)*
    ;

lineMatch: ip | string;

ip: IDENTIFIER LEFT_PAREN string RIGHT_PAREN;

extractions: extraction (COMMA extraction)*;

extraction: label (EQL string)?;

assignment: label EQL (source = label | string);

labelPick: label (op = (EQL | NEQ | EQL_REGEX | NEQ_REGEX) string)?;

labelFilter
    : labelFilter (AND | COMMA)? labelFilter                                       # andFilter
    | labelFilter OR labelFilter                                                   # orFilter
    | LEFT_PAREN labelFilter RIGHT_PAREN                                           # parenFilter
    | label op = (EQL | NEQ) ip                                                    # ipFilter
    | label op = (EQL | NEQ | EQL_REGEX | NEQ_REGEX) string                        # textFilter
    | label op = (EQL | EQLC | NEQ | GTR | GTE | LSS | LTE) sign = (ADD | SUB)? value = (NUMBER | MEASURE) # numberFilter
    ;

logRange
    : selector stage* unwrap? RANGE offset?                                        # rangeLast
    | LEFT_PAREN selector stage* unwrap? RIGHT_PAREN RANGE offset?                 # rangeLast
    | selector RANGE offset? stage* unwrap?                                        # rangeFirst
    | LEFT_PAREN logRange RIGHT_PAREN                                              # rangeParen
    ;

unwrap: PIPE UNWRAP (conversion = IDENTIFIER LEFT_PAREN label RIGHT_PAREN | label) (PIPE labelFilter)*;

offset: OFFSET sign = SUB? MEASURE;

metricExpr
    : <assoc = right> metricExpr op = POW binaryModifier metricExpr                # binaryExpr
    | metricExpr op = (MUL | DIV | MOD) binaryModifier metricExpr                  # binaryExpr
    | metricExpr op = (ADD | SUB) binaryModifier metricExpr                        # binaryExpr
    | metricExpr op = (EQLC | NEQ | GTR | GTE | LSS | LTE) binaryModifier metricExpr # binaryExpr
    | metricExpr op = (AND | UNLESS) binaryModifier metricExpr                     # binaryExpr
    | metricExpr op = OR binaryModifier metricExpr                                 # binaryExpr
    | name = IDENTIFIER LEFT_PAREN (number COMMA)? logRange RIGHT_PAREN grouping?  # rangeExpr
    | name = IDENTIFIER before = grouping? LEFT_PAREN (number COMMA)? metricExpr RIGHT_PAREN after = grouping? # aggregationExpr
    | name = IDENTIFIER LEFT_PAREN metricExpr COMMA string COMMA string COMMA string COMMA string RIGHT_PAREN # replaceExpr
    | number                                                                       # numberExpr
    | LEFT_PAREN metricExpr RIGHT_PAREN                                            # parenExpr
    ;

binaryModifier: BOOL? matching?;

matching: (ON | IGNORING) labels (group = (GROUP_LEFT | GROUP_RIGHT) include = labels?)?;

grouping: (BY | WITHOUT) labels;

labels: LEFT_PAREN (label (COMMA label)*)? RIGHT_PAREN;

label: IDENTIFIER | DECOLORIZE | GROUP_LEFT | GROUP_RIGHT;

number: sign = (ADD | SUB)? NUMBER;

string: STRING | RAW_STRING;

/// PromQL as of Prometheus 3.14, all experimental parts included. What a grammar cannot say (types, what a modifier
/// may follow) is checked on the tree.
parser grammar PromQLParser;

options { tokenVocab = PromQLLexer; }

query: expr EOF;

selector: vectorSelector EOF;

expr
    : expr LEFT_BRACKET range = durationExpr (colon = COLON step = durationExpr?)? RIGHT_BRACKET # rangeExpr
    | expr OFFSET offsetDuration                                            # offsetExpr
    | expr AT atTime                                                        # atExpr
    | expr edges = (ANCHORED | SMOOTHED)                                    # edgesExpr
    | <assoc = right> expr op = POW binaryModifier expr                     # binaryExpr
    | op = (ADD | SUB) expr                                                 # unaryExpr
    | expr op = (MUL | DIV | MOD | ATAN2) binaryModifier expr               # binaryExpr
    | expr op = (ADD | SUB) binaryModifier expr                             # binaryExpr
    | expr op = (EQLC | NEQ | GTR | LSS | GTE | LTE | TRIM_UPPER | TRIM_LOWER) binaryModifier expr # binaryExpr
    | expr op = (AND | UNLESS) binaryModifier expr                          # binaryExpr
    | expr op = OR binaryModifier expr                                      # binaryExpr
    | aggregation                                                           # aggregationExpr
    | functionCall                                                          # callExpr
    | vectorSelector                                                        # selectorExpr
    | (NUMBER | DURATION)                                                   # numberExpr
    | string                                                                # stringExpr
    | LEFT_PAREN expr RIGHT_PAREN                                           # parenExpr
    ;

binaryModifier: BOOL? matching? fill*;

matching: (ON | IGNORING) labelList (group = (GROUP_LEFT | GROUP_RIGHT) include = labelList?)?;

fill: (FILL | FILL_LEFT | FILL_RIGHT) LEFT_PAREN sign = (ADD | SUB)? number RIGHT_PAREN;

aggregation
    : aggregateOp grouping arguments
    | aggregateOp arguments grouping?
    ;

grouping: (BY | WITHOUT) labelList;

functionCall: functionName arguments;

functionName: IDENTIFIER | START | END | STEP | RANGE | MIN_OF | MAX_OF;

arguments: LEFT_PAREN (expr (COMMA expr)* trailing = COMMA?)? RIGHT_PAREN;

labelList: LEFT_PAREN (labelName (COMMA labelName)* COMMA?)? RIGHT_PAREN;

vectorSelector
    : metricName matchers?
    | matchers
    ;

matchers: LEFT_BRACE (matcher (COMMA matcher)* COMMA?)? RIGHT_BRACE;

matcher
    : name = matcherName op = (EQL | NEQ | EQL_REGEX | NEQ_REGEX) value = string
    | quotedMetric = string
    ;

matcherName: IDENTIFIER | string;

atTime
    : sign = (ADD | SUB)? number
    | (START | END) LEFT_PAREN RIGHT_PAREN
    ;

number: NUMBER | DURATION;

string: STRING | RAW_STRING;

/// Ends with its first literal, call or bracket: `foo offset 1m + 1m` adds a minute to `foo offset 1m`.
offsetDuration: sign = (ADD | SUB)? durationAtom;

durationExpr
    : <assoc = right> durationExpr op = POW durationExpr # durationBinary
    | op = (ADD | SUB) durationExpr                      # durationUnary
    | durationExpr op = (MUL | DIV | MOD) durationExpr   # durationBinary
    | durationExpr op = (ADD | SUB) durationExpr         # durationBinary
    | durationAtom                                       # durationLeaf
    ;

durationAtom
    : number                                                                        # durationLiteral
    | (STEP | RANGE) LEFT_PAREN RIGHT_PAREN                                         # durationOfQuery
    | (MIN_OF | MAX_OF) LEFT_PAREN durationExpr COMMA durationExpr RIGHT_PAREN      # durationChoice
    | LEFT_PAREN durationExpr RIGHT_PAREN                                           # durationParens
    ;

aggregateOp
    : SUM | AVG | MIN | MAX | COUNT | GROUP | STDDEV | STDVAR | TOPK | BOTTOMK | QUANTILE | COUNT_VALUES | LIMITK
    | LIMIT_RATIO
    ;

/// Keywords may name a metric where they cannot be meant as keywords.
metricName
    : IDENTIFIER | METRIC_IDENTIFIER | aggregateOp | AND | OR | UNLESS | BY | WITHOUT | OFFSET | ANCHORED | SMOOTHED
    | START | END | STEP | RANGE | MIN_OF | MAX_OF | FILL | FILL_LEFT | FILL_RIGHT
    ;

labelName
    : IDENTIFIER | string | aggregateOp | AND | OR | UNLESS | ATAN2 | BY | WITHOUT | ON | IGNORING | GROUP_LEFT
    | GROUP_RIGHT | FILL | FILL_LEFT | FILL_RIGHT | BOOL | OFFSET | ANCHORED | SMOOTHED | START | END | STEP | RANGE
    | MIN_OF | MAX_OF
    ;

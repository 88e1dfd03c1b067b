package io.lambdascope.exec.logs.pipeline;

import com.google.re2j.Matcher;
import io.lambdascope.labels.TextRegex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// `regexp`: the named groups of the first match become labels, empty where a group has no part in it.
final class RegexpParser implements LineStage {
    private record Group(int number, LabelName name) {}

    private final Needs needs;
    private final LineLabels labels;
    private final Matcher matcher;
    private final List<Group> groups = new ArrayList<>();

    /// @throws io.lambdascope.fault.Fault BAD_QUERY if `regex` is none
    RegexpParser(String regex, LineLabels labels, Needs needs) {
        this.needs = needs;
        this.labels = labels;
        this.matcher = TextRegex.compile(regex).pattern().matcher("");
        for (Map.Entry<String, Integer> group : matcher.pattern().namedGroups().entrySet()) {
            groups.add(new Group(group.getValue(), labels.pinned(group.getKey())));
        }
        groups.sort(Comparator.comparingInt(Group::number));
    }

    @Override
    public boolean process(Line line) {
        if (needs.isEmpty()) {
            return true;
        }
        if (!matcher.reset(line.text()).find()) {
            return true;
        }
        for (Group group : groups) {
            LabelName name = labels.filedAs(group.name);
            if (needs.has(name.name) && labels.find(name)) {
                String value = matcher.group(group.number);
                labels.set(name, value == null ? "" : value);
            }
        }
        return true;
    }
}

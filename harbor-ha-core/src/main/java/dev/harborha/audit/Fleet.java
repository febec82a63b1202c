package dev.harborha.audit;

import dev.harborha.model.ModelPath;
import dev.harborha.model.PublicUrl;
import dev.harborha.render.Bundle;
import dev.harborha.render.RenderedFile;
import dev.harborha.validation.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** The machines that the files of a bundle are for. */
final class Fleet {

    private final List<HarborNode> nodes = new ArrayList<>();
    private final List<RenderedFile> elsewhere = new ArrayList<>();
    private final List<Balancer> balancers = new ArrayList<>();

    private Fleet(Bundle bundle) {
        Map<String, List<RenderedFile>> machines = new LinkedHashMap<>();
        for (RenderedFile file : bundle.files()) {
            String folder = Machine.folderOf(file.path());
            if (folder.isEmpty()) {
                elsewhere.add(file);
            } else {
                machines.computeIfAbsent(folder, any -> new ArrayList<>()).add(file);
            }
        }
        Parsed parsed = new Parsed();
        Map<Integer, List<Machine>> known = new HashMap<>();
        machines.forEach((folder, files) -> {
            Machine machine = Machine.among(known, folder, files);
            if (folder.startsWith("nodes/")) {
                nodes.add(new HarborNode(machine, parsed));
            } else {
                balancers.add(new Balancer(machine, parsed));
            }
        });
    }

    /** Returns the machines of a bundle; they are looked for once, however many rules ask. */
    static Fleet of(Bundle bundle) {
        return bundle.readOnce(Fleet.class, Fleet::new);
    }

    /** Returns the files that are for no machine. */
    List<RenderedFile> elsewhere() {
        return elsewhere;
    }

    List<HarborNode> nodes() {
        return nodes;
    }

    List<Balancer> balancers() {
        return balancers;
    }

    /** Asks every node; those with the same files are asked once, unless there is something to say of them. */
    List<Problem> each(Function<HarborNode, List<Problem>> check) {
        Map<Machine, Boolean> sound = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (HarborNode node : nodes) {
            if (!sound.getOrDefault(node.machine().first(), false)) {
                List<Problem> found = check.apply(node);
                sound.put(node.machine().first(), found.isEmpty());
                problems.addAll(found);
            }
        }
        return problems;
    }

    /** Counts the nodes for which something holds; those with the same files are asked once. */
    int count(Predicate<HarborNode> holds) {
        Map<Machine, Boolean> known = new HashMap<>();
        int count = 0;
        for (HarborNode node : nodes) {
            count += known.computeIfAbsent(node.machine().first(), any -> holds.test(node)) ? 1 : 0;
        }
        return count;
    }

    /** Compares every node with the first of those that have something to compare. */
    List<Problem> across(Predicate<HarborNode> has, BiFunction<HarborNode, HarborNode, List<Problem>> difference) {
        Optional<HarborNode> first = nodes.stream().filter(has).findFirst();
        return first.map(one ->
                        each(node -> node.machine().first().equals(one.machine().first()) || !has.test(node)
                                ? List.of()
                                : difference.apply(one, node)))
                .orElse(List.of());
    }

    /** Returns the address that clients are sent to: that of the first node which says one. */
    Optional<PublicUrl> publicUrl() {
        return nodes.stream()
                .filter(node -> node.machine().isFirst())
                .map(HarborNode::publicUrl)
                .flatMap(Optional::stream)
                .flatMap(setting -> HarborNode.parsedUrl(setting.value()).stream())
                .findFirst();
    }

    /** Returns a problem of a file. */
    static Problem at(RenderedFile file, String message) {
        return new Problem(ModelPath.file(file.path()), message);
    }
}

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

    private final int harbors;
    private final List<Alike> alike = new ArrayList<>();
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
        Map<Machine, List<HarborNode>> groups = new LinkedHashMap<>();
        machines.forEach((folder, files) -> {
            Machine machine = Machine.among(known, folder, files);
            if (folder.startsWith("nodes/")) {
                HarborNode node = new HarborNode(machine, parsed);
                groups.computeIfAbsent(machine.first(), any -> new ArrayList<>())
                        .add(node);
            } else {
                balancers.add(new Balancer(machine, parsed));
            }
        });
        groups.values().forEach(group -> alike.add(new Alike(group.get(0), group.subList(1, group.size()))));
        harbors = count(HarborNode::isHarbor);
    }

    /** Returns the machines of a bundle; they are looked for once, however many rules ask. */
    static Fleet of(Bundle bundle) {
        return bundle.readOnce(Fleet.class, Fleet::new);
    }

    /** Returns the files that are for no machine. */
    List<RenderedFile> elsewhere() {
        return elsewhere;
    }

    /** Returns how many nodes run Harbor; a bundle may have files for other machines as well. */
    int harbors() {
        return harbors;
    }

    List<Balancer> balancers() {
        return balancers;
    }

    /**
     * Nodes with the same files.
     *
     * @param first the first of them
     * @param others the rest
     */
    record Alike(HarborNode first, List<HarborNode> others) {

        int size() {
            return 1 + others.size();
        }
    }

    /** Returns the nodes, those with the same files together. */
    List<Alike> alike() {
        return alike;
    }

    /** Asks every node; those with the same files are asked once, unless there is something to say of them. */
    List<Problem> each(Function<HarborNode, List<Problem>> check) {
        List<Problem> problems = new ArrayList<>();
        for (Alike group : alike) {
            List<Problem> found = check.apply(group.first());
            problems.addAll(found);
            if (!found.isEmpty()) {
                group.others().forEach(node -> problems.addAll(check.apply(node)));
            }
        }
        return problems;
    }

    /** Counts the nodes for which something holds. */
    int count(Predicate<HarborNode> holds) {
        return alike.stream()
                .filter(group -> holds.test(group.first()))
                .mapToInt(Alike::size)
                .sum();
    }

    /** Compares every node with the first of those that have something to compare. */
    List<Problem> across(Predicate<HarborNode> has, BiFunction<HarborNode, HarborNode, List<Problem>> difference) {
        Optional<HarborNode> first =
                alike.stream().map(Alike::first).filter(has).findFirst();
        return first.map(one ->
                        each(node -> node.machine().first().equals(one.machine().first()) || !has.test(node)
                                ? List.of()
                                : difference.apply(one, node)))
                .orElse(List.of());
    }

    /** Returns the address that clients are sent to: that of the first node which says one. */
    Optional<PublicUrl> publicUrl() {
        return alike.stream()
                .map(group -> group.first().publicUrl())
                .flatMap(Optional::stream)
                .flatMap(setting -> HarborNode.parsedUrl(setting.value()).stream())
                .findFirst();
    }

    /** Returns a problem of a file. */
    static Problem at(RenderedFile file, String message) {
        return new Problem(ModelPath.file(file.path()), message);
    }
}

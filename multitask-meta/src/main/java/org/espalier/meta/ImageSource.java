package org.espalier.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.data.ImageDataset;
import org.espalier.data.LabelledData;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.report.Section;
import org.espalier.search.Artefact;
import org.espalier.search.DataLoader;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.method.SearchData;
import org.espalier.settings.SettingException;
import org.espalier.task.ClassSplit;
import org.espalier.task.EpisodeSettings;
import org.espalier.task.ImageFamily;
import org.espalier.task.MetaPart;
import org.espalier.task.TaskFamily;
import org.espalier.task.TaskSet;
import org.espalier.text.InputException;

/**
 * Families of few-shot tasks, one a data set.
 *
 * @param settings of the search
 * @param data sets by name
 */
record ImageSource(MetaSettings settings, SearchData data) implements DomainSource {
  @Override
  public List<DomainFacts> examine(DataLoader loader) {
    for (String name : settings.families().keySet()) {
      if (!data.names().contains(name)) {
        throw new SettingException(
            "families",
            "has '%s', but the data sets are %s".formatted(name, String.join(", ", data.names())));
      }
    }
    int channels =
        data.names().stream()
            .mapToInt(name -> images(name, loader).shape().channels())
            .max()
            .orElseThrow();
    List<DomainFacts> all = new ArrayList<>();
    for (String name : data.names()) {
      all.add(facts(name, images(name, loader), channels));
    }
    for (DomainFacts each : all) {
      TaskFamily tasks = tasks(each, loader);
      tasks.draw(MetaPart.TRAIN, 0);
      tasks.draw(MetaPart.TEST, 0);
      backbone(each);
    }
    return all;
  }

  private ImageDataset images(String name, DataLoader loader) {
    return loader.load(data.fingerprint(name), LabelledData.class).images();
  }

  private DomainFacts facts(String name, ImageDataset images, int channels) {
    EpisodeSettings tasks = settings.family(name).tasks();
    ClassSplit classes = split(name, images);
    int[] learned =
        IntStream.range(0, images.size())
            .filter(example -> classes.train().contains(images.label(example)))
            .toArray();
    if (learned.length == 0) {
      throw new InputException("the classes of '%s' to learn from have no images".formatted(name));
    }
    ImageShape shape = new ImageShape(images.shape().height(), images.shape().width(), channels);
    return new DomainFacts(
        name,
        tasks.ways() * tasks.shots(),
        tasks.ways() * tasks.queries(),
        tasks.ways() * tasks.learningQueries(),
        tasks.ways(),
        List.of(
            new DomainFacts.Images(
                data.fingerprint(name), shape, Normalization.of(images, learned))));
  }

  private ClassSplit split(String name, ImageDataset images) {
    return settings.family(name).classes().of(images.classes());
  }

  @Override
  public Backbone backbone(DomainFacts facts) {
    Skeleton skeleton =
        new Skeleton(
            settings.cells(), settings.channels(), facts.images().get(0).shape(), facts.classes());
    return new ImageBackbone(settings.space(), skeleton, settings.family(facts.name()).budget());
  }

  @Override
  public TaskFamily tasks(DomainFacts facts, DataLoader loader) {
    ImageDataset images = images(facts.name(), loader);
    DomainFacts.Images known = facts.images().get(0);
    return new ImageFamily(
        facts.name(),
        new TaskSet(images, split(facts.name(), images)),
        settings.family(facts.name()).tasks(),
        known.normalization(),
        known.shape().channels());
  }

  @Override
  public List<Artefact> artefacts(
      List<DomainFacts> families, MetaState.Learner learner, List<Section> sections) {
    MetaModel model =
        new MetaModel(
            MetaModel.VERSION,
            settings,
            families,
            learner.shared(),
            learner.rates().values(),
            learner.guide().values());
    return List.of(model.artefact(sections));
  }
}

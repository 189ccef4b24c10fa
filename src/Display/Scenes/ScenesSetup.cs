using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Display.Scenes;

public static class ScenesSetup
{
    /// <summary>Registers every <see cref="StageSceneDescriptor"/> of the program.</summary>
    public static void AddScenes(this IServiceCollection services)
    {
        services.AddSingleton(typeof(SceneRegistry<>));
        // By name: to look for them in the program would load all of its types at each start.
        StageSceneDescriptor[] descriptors =
        [
            new WelcomeScene(), new FilmScene(), new SpeechScene(), new LectureScene(), new CprScene(), new OathScene(), new SigningScene(),
            new WaveScene(), new ThanksScene(),
        ];
        foreach (var descriptor in descriptors)
            services.AddScene(descriptor);
    }

    /// <summary>Adds one kind of scene, for the stage and for the desk.</summary>
    public static void AddScene(this IServiceCollection services, StageSceneDescriptor descriptor)
    {
        services.AddSingleton(descriptor);
        services.AddSingleton<SceneDescriptor>(descriptor);
    }
}
